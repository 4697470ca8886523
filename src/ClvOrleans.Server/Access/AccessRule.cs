using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>Who may use an endpoint.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Pattern">Its address.</param>
/// <param name="Door">What it asks.</param>
/// <param name="Scope">The scope that it asks for, if it does.</param>
internal sealed record AccessRule(string Method, string Pattern, Door Door, Scope Scope)
{
    /// <summary>Reads a line of the matrix. <exception cref="FormatException">It is wrong; the message shows it.</exception></summary>
    public static AccessRule Read(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var method, var pattern, var needed])
        {
            throw new FormatException($"'{line}' is not METHOD ADDRESS SCOPE.");
        }

        return needed switch
        {
            "open" => new AccessRule(method, pattern, Door.Open, default),
            "write" => new AccessRule(method, pattern, Door.WriteKey, Scope.Write),
            "signed" => new AccessRule(method, pattern, Door.Signed, default),
            "read" => new AccessRule(method, pattern, Door.Scope, Scope.Read),
            "act" => new AccessRule(method, pattern, Door.Scope, Scope.Act),
            "admin" => new AccessRule(method, pattern, Door.Scope, Scope.Admin),
            _ => throw new FormatException($"'{line}': the scope is not open, write, signed, read, act or admin."),
        };
    }
}
