using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Access;

/// <summary>Who may use an endpoint.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Pattern">Its address.</param>
/// <param name="Door">What it asks.</param>
/// <param name="Scope">The scope that it asks for, if it does.</param>
/// <param name="Action">What the audit log calls it.</param>
internal sealed record AccessRule(string Method, string Pattern, Door Door, Scope Scope, AuditAction Action)
{
    /// <summary>What the audit log calls what is done.</summary>
    public string Operation { get; } = $"{Method} {Pattern}";

    /// <summary>Reads a line of the matrix. <exception cref="FormatException">It is wrong; the message shows it.</exception></summary>
    public static AccessRule Read(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var method, var pattern, var needed, .. var rest]
            || rest is not ([] or ["export"] or ["erase"]))
        {
            throw new FormatException($"'{line}' is not METHOD ADDRESS SCOPE, with export or erase behind it where it does that.");
        }

        var action = rest is [var deed] ? Enum.Parse<AuditAction>(deed, ignoreCase: true)
            : needed == "read" || method == "GET" ? AuditAction.Read
            : AuditAction.Change;

        return needed switch
        {
            "open" => new AccessRule(method, pattern, Door.Open, default, action),
            "write" => new AccessRule(method, pattern, Door.WriteKey, Scope.Write, action),
            "signed" => new AccessRule(method, pattern, Door.Signed, default, action),
            "read" => new AccessRule(method, pattern, Door.Scope, Scope.Read, action),
            "act" => new AccessRule(method, pattern, Door.Scope, Scope.Act, action),
            "admin" => new AccessRule(method, pattern, Door.Scope, Scope.Admin, action),
            _ => throw new FormatException($"'{line}': the scope is not open, write, signed, read, act or admin."),
        };
    }
}
