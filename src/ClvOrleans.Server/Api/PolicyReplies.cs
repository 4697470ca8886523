using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Server.Api;

/// <summary>Policies with what they did and spent.</summary>
internal sealed class PolicyReplies(OneStore store, IDecisions decisions, TimeProvider time)
{
    /// <summary>The reply of one.</summary>
    public async Task<PolicyReply> OfAsync(PolicyRecord record) => (await OfAsync([record])).All[0];

    /// <summary>The replies of some, and λ.</summary>
    public async Task<(IReadOnlyList<PolicyReply> All, double Price)> OfAsync(IReadOnlyCollection<PolicyRecord> records)
    {
        var (settings, day) = (store.Settings, store.Settings.DayOf(time.GetUtcNow()));
        var (counts, spending) = (await decisions.CountAsync(settings.Id), await decisions.FindSpendingAsync(settings.Id, day));
        var rules = CustomerRules.For(settings.Currency);
        return (
            [.. records.Select(r => PolicyReply.Of(
                r, PolicyReader.ReadKept(rules, r.Definition), counts, spending, day, settings.Currency))],
            spending.Price);
    }
}
