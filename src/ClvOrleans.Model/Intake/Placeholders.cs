using System.Collections.Frozen;

namespace ClvOrleans.Model.Intake;

/// <summary>Ids that stand for nobody: whoever counted them as a customer would join strangers.</summary>
public static class Placeholders
{
    private static readonly FrozenSet<string> Ids = FrozenSet.ToFrozenSet(
        [
            "undefined", "null", "nil", "none", "nan", "guest", "anonymous", "unknown", "n/a", "0", "-1", "true", "false", "[object object]",
            "00000000-0000-0000-0000-000000000000", "test@test.com",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an id, trimmed, is one of them in any case.</summary>
    public static bool Contains(string id) => Ids.Contains(id);
}
