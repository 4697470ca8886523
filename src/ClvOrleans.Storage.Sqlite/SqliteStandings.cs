using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>What holds for the deliveries of each policy, as of the session's transaction; of those not named, they are stopped.</summary>
internal sealed class SqliteStandings
{
    private readonly Dictionary<PolicyId, HandOverStanding> _all;

    private SqliteStandings(PolicyTerms terms, Dictionary<PolicyId, HandOverStanding> all) => (Terms, _all) = (terms, all);

    public PolicyTerms Terms { get; }

    /// <summary>A JSON array of the policies that act.</summary>
    public string Acting => Named(HandOverStanding.Acts);

    /// <summary>A JSON array of the policies whose deliveries wait.</summary>
    public string Held => Named(HandOverStanding.Held);

    public static SqliteStandings Read(SqliteSession session, StoreId store)
    {
        var terms = SqlitePolicies.TermsOf(session, store);
        return new SqliteStandings(terms, session.Read(
            "SELECT id, mode FROM policy_modes WHERE store = $store",
            row => (Id: new PolicyId(row.GetString(0)), Standing: HandOverStandings.Of(terms, Enum.Parse<PolicyMode>(row.GetString(1)))),
            ("$store", store.Value)).ToDictionary(p => p.Id, p => p.Standing));
    }

    public HandOverStanding Of(PolicyId policy) => _all.GetValueOrDefault(policy, HandOverStanding.Stopped);

    private string Named(HandOverStanding standing) =>
        JsonSerializer.Serialize(_all.Where(p => p.Value == standing).Select(p => p.Key.Value));
}
