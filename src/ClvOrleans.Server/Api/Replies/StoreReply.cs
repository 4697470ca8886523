using System.Text.Json.Nodes;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A store.</summary>
/// <param name="Store">Its id.</param>
/// <param name="IsClosed">Whether it is closed.</param>
/// <param name="Version">The version of its settings; rises with each change.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ChangedAt">When this version was made.</param>
/// <param name="Currency">ISO 4217 code of the currency of all its amounts.</param>
/// <param name="TimeZone">The time zone that decides the day of an order.</param>
/// <param name="MarginBasisPoints">The part of an order that remains after its costs, where it names none.</param>
/// <param name="AnnualDiscountRate">Continuous yearly discount rate of future orders.</param>
/// <param name="HorizonDays">How far reports look ahead.</param>
/// <param name="Rates">Units of its currency for one unit of another.</param>
/// <param name="ConsentCategories">Purposes by category of a consent manager.</param>
/// <param name="KeepDays">For how many days what is no event is kept, where it says so itself.</param>
/// <param name="SmallestGroup">How many customers a group of a report has at least; 0 for any number.</param>
/// <param name="Shards">How many shards its customers are spread over.</param>
/// <param name="ExpectedCustomers">How many customers and visitors it was made for; null where nobody has said.</param>
/// <param name="Noise">How reports are released with noise, as store.json says it; null where they are exact.</param>
/// <param name="Pseudonyms">Whether people are kept under pseudonyms.</param>
/// <param name="Sources">What sends to it: the kind by name.</param>
internal sealed record StoreReply(
    string Store, bool IsClosed, long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string Currency, string TimeZone,
    int MarginBasisPoints, double AnnualDiscountRate, int HorizonDays, IReadOnlyDictionary<string, decimal> Rates,
    IReadOnlyDictionary<string, IReadOnlyList<string>> ConsentCategories, IReadOnlyDictionary<string, int> KeepDays,
    int SmallestGroup, int Shards, int? ExpectedCustomers, JsonObject? Noise, bool Pseudonyms, IReadOnlyDictionary<string, string> Sources)
{
    public static StoreReply Of(KeptStore store) => new(
        store.Id.Value, store.IsClosed, store.Record.Version, store.Record.CreatedAt, store.Record.At, store.Settings.Currency.Code,
        store.Settings.TimeZone.Id, store.Settings.MarginBasisPoints, store.Settings.AnnualDiscountRate, store.Settings.Horizon.Days,
        new SortedDictionary<string, decimal>(store.Settings.Rates, StringComparer.Ordinal),
        store.Settings.ConsentCategories.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)[.. c.Value], StringComparer.Ordinal),
        store.Settings.KeepDays.ToDictionary(k => RetainedNames.Format(k.Key), k => k.Value, StringComparer.Ordinal),
        store.Settings.SmallestGroup, store.Settings.Shards.Value, store.ExpectedCustomers == 0 ? null : store.ExpectedCustomers,
        store.Settings.Noise is { } noise ? NoiseReader.Write(noise) : null,
        store.Settings.Pseudonyms is not null || store.HasLostKey,
        new SortedDictionary<string, string>(
            store.Sources.ToDictionary(s => s.Key, s => s.Value.ToString(), StringComparer.Ordinal), StringComparer.Ordinal));
}
