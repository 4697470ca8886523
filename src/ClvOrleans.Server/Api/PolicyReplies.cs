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
        return ([.. records.Select(r => PolicyReply.Of(r, Read(r), counts, spending, day, settings.Currency))], spending.Price);
    }

    // A definition of an earlier version of the service may not be readable any more.
    private Policy? Read(PolicyRecord record)
    {
        try
        {
            return new PolicyReader(CustomerRules.For(store.Settings.Currency)).Read(record.Definition);
        }
        catch (PolicyException)
        {
            return null;
        }
    }
}
