using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>All that is held on a person, as a ZIP of JSON files with a README.</summary>
internal sealed class PersonArchive(
    IJournal journal, ICustomerRows rows, IDecisions decisions, IDeliveries deliveries, IExposures exposures, ITransitions transitions,
    IReviewTexts reviews, IChampions champions, MarketCache markets, TimeProvider time)
{
    /// <summary>How many transitions, decisions and messages it has at most: the latest.</summary>
    public const int Most = 10_000;

    private const string ReadMe = """
        All that is held on one person by this store, as of the moment in customer.json.

        customer.json     ids, traits, campaign and the days on which the person was first and last seen
        consents.json     what the person agreed to and declined, by purpose, and when
        events.json       every event, in the order in which it was recorded
        orders.json       the orders that these events add up to
        reviews.json      the words of reviews that are kept
        value.json        what the store expects of the person, as an estimate with its interval
        explanation.json  what each input of the estimate adds to it; absent where the model cannot say
        segments.json     the segments that the person is in, and when they entered and left some
        lists.json        the lists that the person is on
        decisions.json    what was decided for the person by policies, and why
        messages.json     what was sent to the person, or about the person to other systems, and what became of it
        experiments.json  the experiments that the person is part of, and what was measured

        Amounts within events and orders are in the smallest unit of the store's currency.
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes the archive of a customer.</summary>
    public async Task<byte[]> WriteAsync(CustomerId customer, CustomerView view, StoreSettings store, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entries = await journal.ReadAsync(customer, 0, cancellation);
            var state = CustomerState.Fold(entries.Select(e => e.Event), store);
            var row = await rows.FindAsync(customer, cancellation);
            var identities = await journal.FindIdentitiesAsync(customer, cancellation);
            CustomerId[] all = [customer, .. identities];
            await AddAsync(zip, "README.txt", ReadMe.ReplaceLineEndings("\n") + "\n");
            await AddAsync(zip, "customer.json", JsonSerializer.Serialize(
                new
                {
                    Id = customer.ToText(),
                    Store = store.Id.Value,
                    AsOf = time.GetUtcNow(),
                    Currency = store.Currency.Code,
                    Identities = identities.Select(i => i.ToText()),
                    view.Traits,
                    view.Campaign,
                    view.Summary.FirstSeen,
                    view.Summary.LastSeen,
                },
                Json));
            await AddAsync(zip, "consents.json", JsonSerializer.Serialize(view.Summary.Consents, Json));
            await AddAsync(zip, "events.json", JsonSerializer.Serialize(
                entries.Select(e => new
                {
                    e.Sequence,
                    Event = JsonSerializer.SerializeToElement(e.Event, DomainJson.Default.CustomerEvent),
                }),
                Json));
            await AddAsync(zip, "orders.json", JsonSerializer.Serialize(
                JsonSerializer.SerializeToElement(state, DomainJson.Default.CustomerState).EnumerateObject()
                    .First(m => m.Name.Equals(nameof(state.Orders), StringComparison.OrdinalIgnoreCase)).Value, Json));
            await AddAsync(zip, "reviews.json", JsonSerializer.Serialize(await reviews.OfCustomerAsync(customer, cancellation), Json));
            await AddValueAsync(zip, customer, view, store);
            await AddAsync(zip, "segments.json", JsonSerializer.Serialize(
                new
                {
                    Lifecycle = row?.Contribution.Cell?.Lifecycle,
                    Segments = row?.Contribution.Segments.Ids.Select(s => s.Value) ?? [],
                    Transitions = (await transitions.QueryAsync(new TransitionQuery(store.Id, Most, Customer: customer), cancellation))
                        .Select(t => JsonSerializer.SerializeToElement([t], ValuationJson.Default.ImmutableArrayTransition)[0]),
                },
                Json));
            await AddAsync(zip, "lists.json", JsonSerializer.Serialize(view.Summary.Lists, Json));
            await AddAsync(zip, "decisions.json", JsonSerializer.Serialize(
                (await decisions.QueryAsync(new DecisionQuery(store.Id, Most, Customer: customer), cancellation))
                    .Select(d => DecisionReply.Of(d, store.Currency)),
                Json));
            await AddAsync(zip, "messages.json", JsonSerializer.Serialize(
                (await deliveries.ListAsync(new DeliveryQuery(store.Id, Customers: all), long.MaxValue, Most, cancellation))
                    .Select(d => JsonSerializer.SerializeToElement(d.Delivery, DeliveryJson.Default.Delivery)),
                Json));
            await AddAsync(zip, "experiments.json", JsonSerializer.Serialize(
                (await exposures.OfCustomerAsync(customer, cancellation)).Select(u => new
                {
                    Exposure = JsonSerializer.SerializeToElement(u.Exposure, ExperimentJson.Default.Exposure),
                    Outcome = u.Outcome is { } outcome
                        ? JsonSerializer.SerializeToElement(outcome, ExperimentJson.Default.Outcome)
                        : (JsonElement?)null,
                }),
                Json));
        }

        return bytes.ToArray();
    }

    private async Task AddValueAsync(ZipArchive zip, CustomerId customer, CustomerView view, StoreSettings store)
    {
        var (model, market) = (champions.Find(store.Id).Model, await markets.OfAsync(store.Id));
        var day = view.Summary.DayToEstimate(store.DayOf(time.GetUtcNow()));
        var estimate = model.Forecast(view.Summary, market, store, day, store.Horizon);
        var lifecycle = LifecycleRule.Of(view.Summary, model.Estimate(view.Summary, market, store, day, store.Horizon));
        await AddAsync(zip, "value.json", JsonSerializer.Serialize(
            CustomerValue.Of(
                customer, view.Revision, view.Summary, estimate, model.Version, market.ToVersion(), lifecycle, null, store),
            Json));
        if (model is IExplainedModel explained)
        {
            var why = explained.Explain(view.Summary, market, store, day, store.Horizon);
            await AddAsync(zip, "explanation.json", JsonSerializer.Serialize(why, Json));
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, string text)
    {
        await using var file = await zip.CreateEntry(name, CompressionLevel.Optimal).OpenAsync();
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(text);
    }
}
