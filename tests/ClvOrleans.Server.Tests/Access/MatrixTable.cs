using System.Net;
using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>What the matrix means for each caller, and the table of it in the documentation.</summary>
internal static class MatrixTable
{
    private static readonly (string Name, Scope? Scope)[] Columns =
        [("nobody", null), ("write", Scope.Write), ("read", Scope.Read), ("act", Scope.Act), ("admin", Scope.Admin)];

    /// <summary>The status by which a caller is refused; null where the endpoint itself answers.</summary>
    public static HttpStatusCode? Refusal(AccessRule rule, Scope? caller) =>
        rule.Door != Door.Scope ? null
        : caller is null ? HttpStatusCode.Unauthorized
        : caller == Scope.Write || caller < rule.Scope ? HttpStatusCode.Forbidden
        : null;

    /// <summary>The table as Markdown.</summary>
    public static string Write(IEnumerable<AccessRule> rules) =>
        $"| endpoint | {string.Join(" | ", Columns.Select(c => c.Name))} |\n| --- |{string.Concat(Columns.Select(_ => " --- |"))}\n"
        + string.Concat(rules.Select(rule =>
            $"| `{rule.Method} {rule.Pattern}` | {string.Join(" | ", Columns.Select(c => Cell(rule, c.Scope)))} |\n"));

    private static string Cell(AccessRule rule, Scope? caller) => rule.Door switch
    {
        Door.Open => "open",
        Door.Signed => "signed",
        Door.WriteKey => caller == Scope.Write ? "yes" : "401",
        _ => Refusal(rule, caller) is { } status ? $"{(int)status}" : "yes",
    };
}
