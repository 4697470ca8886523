using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.SignIn;

/// <summary>What people of a role may do here.</summary>
/// <param name="Role">The role, as the provider's claim has it.</param>
/// <param name="Scope">What they may do.</param>
/// <param name="Store">The store that they may do it in; null for all.</param>
internal sealed record RoleGrant(string Role, Scope Scope, StoreId? Store)
{
    /// <summary>
    /// Reads <c>ROLE=SCOPE</c> or <c>ROLE=SCOPE@STORE</c>; the role itself may hold = signs, as names of directories do.
    /// </summary>
    /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
    public static RoleGrant Read(string text)
    {
        var end = text.LastIndexOf('=');
        if (end < 1)
        {
            throw new FormatException($"'{text}' is not ROLE=SCOPE, such as owners=admin, nor ROLE=SCOPE@STORE.");
        }

        var (role, grant) = (text[..end].Trim(), text[(end + 1)..].Trim().Split('@', 2));
        var scope = grant[0] switch
        {
            "read" => Scope.Read,
            "act" => Scope.Act,
            "admin" => Scope.Admin,
            _ => throw new FormatException($"'{text}': the scope is not read, act or admin."),
        };
        try
        {
            return new RoleGrant(role, scope, grant is [_, var store] ? new StoreId(store) : null);
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{text}': {e.Message}", e);
        }
    }

    /// <summary>Whether it lets somebody with some roles into a store; null for whichever they may see.</summary>
    public bool Admits(IReadOnlySet<string> roles, StoreId? asked) =>
        roles.Contains(Role) && (asked is null || Store is null || Store == asked);
}
