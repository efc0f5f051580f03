/// This version's place in time.
public enum Release {
    /// When it was released, in seconds since 1970: no right clock shows an earlier time.
    public static let time: Int64 = 1_795_305_600
}
