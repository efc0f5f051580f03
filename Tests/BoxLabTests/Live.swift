import Testing

/// Tests that bring up the lab. There is one on a machine, so they run one after the other: put yours in here by
/// `extension Live { @Suite struct Yours { … } }`.
@Suite(.serialized)
enum Live {}
