using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>What is asked of single customers, and lists of them.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/clv", ValueAsync).Answers<CustomerValue>(400, 404).WithCustomerId()
            .WithTags("Customers").WithSummary("The lifetime value of a customer")
            .WithDescription(
                "Historic value, predicted value with its interval, P(alive), next order, segment. The id is a user id, or else an "
                    + "anonymous id; escape it in full (a/b is a%2Fb). A day in the past is answered from the events up to it: the same "
                    + "question gives the same bytes.");
        api.MapGet("/customers/{id}", ProfileAsync).Answers<CustomerProfile>(400, 404).WithCustomerId()
            .WithTags("Customers").WithSummary("What is known of a customer")
            .WithDescription("Traits, identities, features by group with their units, the store's market today, and the latest events.");
        api.MapGet("/customers", ListAsync).Answers<CustomerPage>(400)
            .WithTags("Customers").WithSummary("Customers of a segment, the greatest first")
            .WithDescription(
                "Those who have bought; prospects only with segment=prospect. Follow next until it is null: every customer whose figures "
                    + "did not move meanwhile is given exactly once. A tier keeps the thresholds of the first page.");
    }

    private static async Task<IResult> ValueAsync(
        PathId customer,
        [Description(
            "How far the prediction looks ahead: 1 to 3,650 days, as 90, 90d, 12w, 6m (30 days each) or 1y (365 days). Default the "
                + "store's horizon.")]
        string? horizon,
        [Description(
            "A local calendar day of the store, such as 2026-01-31; today at the latest. Only events up to it are seen. Default today.")]
        string? asOf,
        [Description("Id of a model version, or a family (its latest version), such as bg-nbd. Default the champion.")]
        string? model,
        OneStore store, IGrainFactory grains, IChampions champions, IModelRegistry registry, MarketCache markets, TimeProvider time)
    {
        var settings = store.Settings;
        var today = settings.DayOf(time.GetUtcNow());
        var ahead = QueryText.Horizon(horizon, settings.Horizon);
        var asked = QueryText.Day("asOf", asOf, today);
        if (await FindAsync(customer.Value, asked < today ? asked : null, settings, grains) is not { } found)
        {
            return Unknown(customer);
        }

        var summary = found.View.Summary;
        var day = asked ?? summary.DayToEstimate(today);
        var revision = summary.Counts.Values.Sum(c => (long)c);
        if (revision == 0)
        {
            return UnknownThen(customer, day);
        }

        if (await FindModelAsync(model, settings.Id, champions, registry) is not { } value)
        {
            return ApiErrors.Problem(404, "unknown_model", $"There is no model '{model}'.");
        }

        var market = await markets.OfAsync(settings.Id);
        var estimate = StandIn(value.Forecast(summary, market, settings, day, ahead), value, champions.Find(settings.Id));
        var atHorizonOfReports = value.Estimate(summary, market, settings, day, settings.Horizon);
        var lifecycle = LifecycleRule.Of(summary, atHorizonOfReports);

        // Tiers compare with today's buyers: of the past only the lifecycle can be told again.
        var tier = lifecycle == Lifecycle.Prospect || day < today
            ? (ValueTier?)null
            : (await grains.GetSegments(settings.Id).ReportAsync()).Thresholds.TierOf(ValueBucket.Of(atHorizonOfReports.Value));
        return Results.Ok(CustomerValue.Of(
            found.Id, revision, summary, estimate, value.Version, market.ToVersion(), lifecycle, tier, settings));
    }

    private static async Task<IResult> ProfileAsync(
        PathId customer,
        [Description("How many of the latest events to give, 0 to 200. Default 20."), Range(0, 200)]
        int? events,
        OneStore store, IGrainFactory grains, IJournal journal, MarketCache markets, TimeProvider time)
    {
        var settings = store.Settings;
        var count = QueryText.Count("events", events, 20, 0, 200);
        if (await FindAsync(customer.Value, null, settings, grains) is not { } found)
        {
            return Unknown(customer);
        }

        var today = settings.DayOf(time.GetUtcNow());
        var market = (await markets.OfAsync(settings.Id)).At(today);
        var last = count == 0 ? [] : await journal.ReadLastAsync(found.Id, count);
        return Results.Ok(new CustomerProfile
        {
            Customer = found.Id.Id,
            Kind = found.Id.Kind,
            Revision = found.View.Revision,
            Currency = settings.Currency.Code,
            FirstSeen = found.View.Summary.FirstSeen,
            LastSeen = found.View.Summary.LastSeen,
            Traits = found.View.Traits,
            Campaign = found.View.Campaign,
            Identities = [.. (await journal.FindIdentitiesAsync(found.Id)).Select(i => i.ToText())],
            Features = FeatureGroups.Of(found.View.Summary, market, settings, today),
            Market = market,
            LastEvents = [.. last.Select(e => LastEvent.Of(e, settings.Currency))],
            Links = CustomerLinks.Of(found.Id.Id),
        });
    }

    private static async Task<IResult> ListAsync(
        [Description(
            "A lifecycle (prospect, new, active, cooling, at-risk, lost) or a segment such as at-risk.top-5. Default all who have bought.")]
        string? segment,
        [Description("A value tier: top-1, top-5 (1 to 5 %), top-10, top-25, top-50 or rest. Default all.")]
        string? tier,
        [Description("A cell of the RFM grid, such as 5-4-5. Default all.")]
        string? rfm,
        [Description("The id of a cluster, such as c3. Default all.")]
        string? cluster,
        [Description("The least predicted value, in major units of the store's currency, such as 100. Default 0."), Range(0, 1e13)]
        decimal? minValue,
        [Description("predicted, historic, atRisk or lastSeen; the greatest first. Default predicted.")]
        string? sort,
        [Description("next of the page before, of the same sort and filters."), StringLength(Cursor.Longest)]
        string? cursor,
        [Description("Customers on a page, 1 to 1,000. Default 50."), Range(1, 1_000)]
        int? limit,
        OneStore store, IGrainFactory grains, ICustomerRows rows)
    {
        var settings = store.Settings;
        var (lifecycle, within) = QueryText.Segment(segment, tier);
        var (score, group) = (QueryText.Rfm(rfm), QueryText.Cluster(cluster));
        var least = QueryText.MinValue(minValue, settings.Currency);
        var by = QueryText.Sort(sort);
        var size = QueryText.Count("limit", limit, 50, 1, 1_000);
        var thresholds = (await grains.GetSegments(settings.Id).ReportAsync()).Thresholds;
        var (from, below) = within is { } t ? thresholds.BucketsOf(t) : (0, int.MaxValue);
        var list = $"{by}:{lifecycle}:{within}:{least.Minor}{(score is null && group is null ? "" : $":{score}:{group}")}";
        CustomerRowPosition? after = null;
        if (cursor is not null)
        {
            var read = Cursor.Read(cursor, list)
                ?? throw new QueryException("cursor", "it is not one that this service gave for this sort and these filters");
            (from, below, after) = (read.From, read.Below, read.Position);
        }

        var page = await rows.QueryAsync(
            new CustomerRowQuery(settings.Id, lifecycle, from, below, by, size, after, lifecycle is null, least, null, score, group));
        return Results.Ok(new CustomerPage(
            settings.Currency.Code,
            [.. page.Rows.Select(h => CustomerListItem.Of(h, thresholds, settings.Currency))],
            page.Next is { } next ? new Cursor(list, from, below, next).ToString() : null));
    }

    private static Estimate StandIn(Estimate estimate, IValueModel model, ChampionModel champion) =>
        champion.Problem is not null && ReferenceEquals(model, champion.Model) && estimate.Basis != EstimateBasis.NoPurchase
            ? estimate with { Basis = EstimateBasis.StandIn }
            : estimate;

    internal static IResult Unknown(PathId id) => ApiErrors.Problem(404, "unknown_customer", $"There is no customer '{id.Value}'.");

    internal static IResult UnknownThen(PathId id, DateOnly day) =>
        ApiErrors.Problem(404, "unknown_then", $"Nothing was known of customer '{id.Value}' on {day:yyyy-MM-dd}.");

    /// <summary>The model of a version or family; the champion where none is named, null where there is no such.</summary>
    internal static async Task<IValueModel?> FindModelAsync(string? name, StoreId store, IChampions champions, IModelRegistry registry)
    {
        var champion = champions.Find(store).Model;
        if (name is null || name == champion.Version.Id)
        {
            return champion;
        }

        var named = (await registry.ListAsync(store)).FirstOrDefault(v => v.Id == name || v.Family == name);
        return named is null ? null : await registry.OpenAsync(store, named);
    }

    /// <summary>
    /// A customer by user id, of an e-mail address in any case, else a visitor by anonymous id; whoever either has become.
    /// </summary>
    internal static async Task<(CustomerId Id, CustomerView View)?> FindAsync(
        string id, DateOnly? asOf, StoreSettings store, IGrainFactory grains)
    {
        if (id.Length > CustomerId.MaxLength)
        {
            return null;
        }

        foreach (var start in store.Named(id))
        {
            var (customer, view) = (start, await grains.GetCustomer(start).ViewAsync(asOf));
            while (view.MovedTo is { } next)
            {
                (customer, view) = (next, await grains.GetCustomer(next).ViewAsync(asOf));
            }

            if (view.Revision > 0)
            {
                return (customer, view);
            }
        }

        return null;
    }
}
