using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>
/// Each occasion was decided once, and each decision is the one that its policy takes of its inputs; no shard was followed beyond its end.
/// </summary>
internal sealed class DecisionCheck : IEachStoreCheck
{
    public string Name => "decisions against their inputs";

    public IEnumerable<string> Run(CheckedStore store)
    {
        if (!store.Has("decisions"))
        {
            yield break;
        }

        foreach (var row in store.Rows(
            "SELECT d.store, d.shard, d.up_to, ifnull((SELECT max(commit_number) FROM customers c "
                + "WHERE c.store = d.store AND c.shard = d.shard), 0) AS last FROM decision_shards d WHERE d.up_to > last"))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.GetString(0)}: shard {row.GetInt64(1)} is decided up to commit {row.GetInt64(2)}, its last is {row.GetInt64(3)}.");
        }

        var policies = new Dictionary<long, Policy?>();
        foreach (var row in store.Rows(
            "SELECT d.id, d.customer, d.policy, d.outcome, d.reason, d.cost, d.payload, "
                + "(SELECT target FROM identity_links l WHERE l.store = d.store AND l.customer = d.customer) "
                + "FROM decisions d WHERE d.store = $store",
            ("$store", store.Settings.Id.Value)))
        {
            var (id, customer) = (row.GetString(0), row.GetString(1));
            var columns = (row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5));
            var problem = row.IsDBNull(7)
                ? Difference(store, policies, id, columns, (byte[])row.GetValue(6))
                : $"{customer} has become {row.GetString(7)}, and the decision has not followed.";
            if (problem is not null)
            {
                yield return $"decision {id}: {problem}";
            }
        }
    }

    private static string? Difference(
        CheckedStore store, Dictionary<long, Policy?> policies, string id, (string, string, string, long) columns, byte[] payload)
    {
        Decision kept;
        try
        {
            kept = JsonSerializer.Deserialize(payload, PoliciesJson.Default.Decision)!;
        }
        catch (JsonException e)
        {
            return $"it cannot be read: {e.Message}";
        }

        if (columns != (kept.Policy.Value, kept.Outcome.ToString(), kept.Reason.ToString(), (long)kept.Cost.Minor))
        {
            return "it is another one than its columns say.";
        }

        if (id != DecisionId.Of(kept.Inputs.Customer, kept.Policy, kept.Inputs.Occasion).Value)
        {
            return $"it is about occasion {kept.Inputs.Occasion} of policy {kept.Policy}, whose decision has another id.";
        }

        if (!policies.TryGetValue(kept.Inputs.Revision, out var policy))
        {
            policies[kept.Inputs.Revision] = policy = Find(store, kept.Policy, kept.Inputs.Revision);
        }

        return policy is null
            ? $"revision {kept.Inputs.Revision} of policy {kept.Policy}, by which it was taken, is not there or cannot be read."
            : Text(kept).AsSpan().SequenceEqual(Text(DecisionRule.Decide(policy, kept.Inputs) with { Customer = kept.Customer }))
                ? null
                : "its policy takes another decision of the same inputs.";
    }

    private static byte[] Text(Decision decision) => JsonSerializer.SerializeToUtf8Bytes(decision, PoliciesJson.Default.Decision);

    private static Policy? Find(CheckedStore store, PolicyId policy, long revision) => store.Journal.Scalar(
        "SELECT definition FROM policies WHERE store = $store AND revision = $revision AND id = $id",
        ("$store", store.Settings.Id.Value), ("$revision", revision), ("$id", policy.Value)) is string definition
            ? PolicyReader.ReadKept(CustomerRules.For(store.Settings.Currency), definition)
            : null;
}
