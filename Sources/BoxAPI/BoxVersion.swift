/// Of all programs of the product together.
public enum BoxVersion {
    public static let current = "0.1.0"
}
