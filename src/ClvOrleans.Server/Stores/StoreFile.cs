using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>
/// The store's settings as <c>store.json</c> in the data folder holds them; written with these defaults where there is none. What
/// decides the fold (currency, time zone) must not change once there are events. Settable, for generated readers give the defaults of
/// absent members to no other properties.
/// </summary>
internal sealed record StoreFile
{
    public const string Name = "store.json";

    public const string DefaultWriteKey = "wk_local";

    public string Id { get; set; } = "shop";

    public string Currency { get; set; } = "USD";

    public string TimeZone { get; set; } = "UTC";

    public int MarginBasisPoints { get; set; } = 3_000;

    public double AnnualDiscountRate { get; set; } = .10;

    public int HorizonDays { get; set; } = 365;

    /// <summary>Name of the source by write key.</summary>
    public Dictionary<string, string> WriteKeys { get; set; } = new(StringComparer.Ordinal) { [DefaultWriteKey] = "web" };

    /// <summary>Units of the store's currency for one unit of another.</summary>
    public Dictionary<string, decimal> Rates { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Purposes by the id of a consent manager's category. Not in a new file: it means nothing without such a manager.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, ImmutableArray<string>> ConsentCategories { get; set; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>For how many days what is no event is kept. Not in a new file: it is kept as the installation says.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<Retained, int> KeepDays { get; set; } = ImmutableSortedDictionary<Retained, int>.Empty;

    /// <summary>How many customers a group of a report has at least. Not in a new file: any number.</summary>
    [JsonIgnore]
    public int SmallestGroup { get; set; }

    /// <summary>How many customers and visitors it is made for; 0 where nobody has said. Not in a new file: 64 shards do then.</summary>
    [JsonIgnore]
    public int ExpectedCustomers { get; set; }

    /// <summary>That reports are told with noise. Not in a new file: they are told exactly.</summary>
    [JsonIgnore]
    public ReportNoise? Noise { get; set; }

    /// <summary>Whether people are kept under pseudonyms. Not in a new file: ids are kept as they are.</summary>
    [JsonIgnore]
    public bool Pseudonyms { get; set; }

    /// <summary>Sources of write keys whose events may state stock. Not in a new file: keys are taken to be public.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> StockSources { get; set; } = [];

    /// <summary>Sources that prove who they are by a secret. Not in a new file: nothing is known of them then.</summary>
    [JsonIgnore]
    public IReadOnlyList<ShopSource> Sources { get; set; } = [];

    /// <summary>The folder's file, else a new one that is not written yet.</summary>
    /// <exception cref="InvalidOperationException">The file is wrong, or has another currency or other write keys than those
    /// given.</exception>
    public static StoreFile ReadOrNew(string folder, string? currency, string? writeKey)
    {
        var path = PathIn(folder);
        try
        {
            if (!File.Exists(path))
            {
                if (writeKey is not null)
                {
                    StoreFileReader.CheckWriteKey(writeKey);
                }

                var made = new StoreFile
                {
                    Currency = currency ?? "USD",
                    WriteKeys = new(StringComparer.Ordinal) { [writeKey ?? DefaultWriteKey] = "web" },
                };
                made.ToSettings();
                return made;
            }

            var file = StoreFileReader.Read(File.ReadAllText(path));
            file.ToSettings();
            if (currency is not null && !string.Equals(currency, file.Currency, StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"The store keeps its money in {file.Currency}; {currency} was asked for.");
            }

            return writeKey is null || file.WriteKeys.ContainsKey(writeKey)
                ? file
                : throw new InvalidOperationException(
                    $"The write key that was given is not among the writeKeys of {path}: add it there, or give none.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new InvalidOperationException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{path} cannot be read; give the user of this process the right to read it.", e);
        }
    }

    /// <summary>Writes the file where there is none.</summary>
    public void WriteIfNew(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!File.Exists(PathIn(folder)))
        {
            File.WriteAllText(PathIn(folder), JsonSerializer.Serialize(this, StoreFileJson.Default.StoreFile));
        }
    }

    public StoreSettings ToSettings() => new()
    {
        Id = new StoreId(Id),
        Currency = Domain.Currencies.Currency.Of(Currency),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone),
        MarginBasisPoints = MarginBasisPoints is >= 0 and <= 10_000
            ? MarginBasisPoints
            : throw new ArgumentException("marginBasisPoints must be 0 to 10,000."),
        AnnualDiscountRate = AnnualDiscountRate is >= 0 and <= 1
            ? AnnualDiscountRate
            : throw new ArgumentException("annualDiscountRate must be 0 to 1."),
        Horizon = new Horizon(HorizonDays),
        Rates = Rates.ToImmutableDictionary(
            r => Domain.Currencies.Currency.Of(r.Key).Code,
            r => r.Value > 0 ? r.Value : throw new ArgumentException($"rates: {r.Key} must be above 0."),
            StringComparer.OrdinalIgnoreCase),
        ConsentCategories = ConsentCategories,
        KeepDays = KeepDays,
        SmallestGroup = SmallestGroup,
        Noise = Noise,
    };

    public static string PathIn(string folder) => Path.Combine(folder, Name);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(StoreFile))]
internal sealed partial class StoreFileJson : JsonSerializerContext;
