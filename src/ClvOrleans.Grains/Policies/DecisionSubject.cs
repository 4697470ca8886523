using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Policies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Policies;

/// <summary>The customer of a decision, as their row says.</summary>
internal sealed class DecisionSubject(
    CustomerRow row, StoreSettings store, ChampionModel champion, MarketCalendar market, DateTimeOffset now)
{
    private const double Millionths = 1e6;
    private readonly DateOnly _today = store.DayOf(now);

    public CustomerRow Row => row;

    public CustomerFacts Facts { get; } = new(row.Id, row.Summary, row.Contribution, store.DayOf(now), store);

    public CustomerZone Zone { get; } = CustomerZone.Of(row.Summary.Traits, store);

    private double? Alive =>
        row.Contribution.Cell is { Lifecycle: not Lifecycle.Prospect } ? row.Contribution.Sums.Alive / Millionths : null;

    public DecisionFacts ToFacts(DecisionCandidate candidate) => new()
    {
        Sequence = row.Sequence,
        Day = row.Contribution.EstimatedOn,
        Before = candidate.Transition?.Facts.PredictedBefore,
        Value = row.Contribution.Sums.Predicted,
        AtRisk = row.Contribution.Sums.AtRisk,
        Alive = Alive,
        Lifecycle = row.Contribution.Cell!.Value.Lifecycle,
        Rfm = row.Contribution.Rfm,
        Cluster = row.Contribution.Cluster,
        Model = champion.Generation == row.Contribution.Generation ? champion.Model.Version.Id : candidate.Transition?.Facts.Model,
        Generation = row.Contribution.Generation,
    };

    /// <summary>The same with the interval of the value, which costs more to compute and decides nothing.</summary>
    public DecisionFacts WithInterval(DecisionFacts facts)
    {
        var interval = champion.Model
            .Forecast(row.Summary, market, store, row.Summary.DayToEstimate(facts.Day), store.Horizon).Interval;
        return facts with { Lower = interval.Lower, Upper = interval.Upper };
    }

    /// <summary>Whether the customer has consented to what an action is about.</summary>
    public (ConsentStanding Standing, DateTimeOffset? Since) ConsentTo(PolicyAction action)
    {
        var (consents, channel) = (row.Summary.Consents, action.Channel.Name());
        string[] purposes = [Consents.Of(channel, action.Topic), channel, Consents.Marketing];
        var said = purposes.Select(p => consents.GetValueOrDefault(p)).OfType<Consent>().ToList();
        return consents.Allow(channel, action.Topic) ? (ConsentStanding.Granted, (consents.GetValueOrDefault(channel) ?? said[0]).At)
            : said.FirstOrDefault(c => !c.IsGranted) is { } refused ? (ConsentStanding.Denied, refused.At)
            : (ConsentStanding.Unknown, null);
    }

    /// <summary>What a wait would show; null where nothing can be told of the customer.</summary>
    /// <param name="days">How long it is.</param>
    /// <param name="stays">Whether the policy still wants a customer who is so.</param>
    public WaitingFacts? Wait(int days, Func<CustomerFacts, bool> stays)
    {
        if (days == 0 || Alive is null)
        {
            return null;
        }

        var day = row.Summary.DayToEstimate(_today);
        var meanwhile = champion.Model.Estimate(row.Summary, market, store, day, new Horizon(days));
        var after = champion.Model.Estimate(row.Summary, market, store, day.AddDays(days), store.Horizon);
        var then = Contribution.Of(
            row.Sequence, row.Contribution.Generation, row.Summary, after, store.MarginBasisPoints, market,
            champion.Model.Version.Segmentation) with
        { Segments = row.Contribution.Segments };
        return new WaitingFacts(
            days, 1 - meanwhile.ProbabilityOfNoOrder, after.ProbabilityAlive, Math.Exp(-store.AnnualDiscountRate * days / 365))
        {
            Stays = stays(new CustomerFacts(row.Id, row.Summary, then, _today.AddDays(days), store)),
        };
    }
}
