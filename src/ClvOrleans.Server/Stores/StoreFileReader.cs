using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>Reads <c>store.json</c> by hand, so that each error is one sentence that names the member and says what it takes.</summary>
internal static class StoreFileReader
{
    private const int LongestName = 100;

    private const int MostKeepDays = 3_650;

    private const int MostSmallestGroup = 1_000;

    private const string WriteKeyForm = "1 to 100 characters without spaces, control characters and colons";

    private static readonly Dictionary<string, Action<StoreFile, JsonElement>> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = (file, value) => file.Id = Text("id", value),
        ["currency"] = (file, value) => file.Currency = Text("currency", value),
        ["timeZone"] = (file, value) => file.TimeZone = Text("timeZone", value),
        ["marginBasisPoints"] = (file, value) => file.MarginBasisPoints = Whole("marginBasisPoints", value, "3000 for a margin of 30 %"),
        ["annualDiscountRate"] = (file, value) => file.AnnualDiscountRate = value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var rate) ? rate : throw Wrong("annualDiscountRate", "a number such as 0.10"),
        ["horizonDays"] = (file, value) => file.HorizonDays = Whole("horizonDays", value, "365"),
        ["writeKeys"] = (file, value) => file.WriteKeys = WriteKeys(value),
        ["rates"] = (file, value) => file.Rates = Rates(value),
        ["consentCategories"] = (file, value) => file.ConsentCategories = ConsentCategories(value),
        ["keepDays"] = (file, value) => file.KeepDays = KeepDays(value),
        ["pseudonyms"] = (file, value) => file.Pseudonyms = value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong("pseudonyms", "true or false"),
        ["expectedCustomers"] = (file, value) => file.ExpectedCustomers = ExpectedCustomers(value),
        ["smallestGroup"] = (file, value) => file.SmallestGroup = SmallestGroup(value),
        ["noise"] = (file, value) => file.Noise = NoiseReader.Read(value),
        ["stockSources"] = (file, value) => file.StockSources = StockSources(value),
        ["sources"] = (file, value) => file.Sources = ShopSourceReader.Read(value),
    };

    /// <summary>Reads the file's text. <exception cref="FormatException">It is wrong; the message names the member.</exception></summary>
    public static StoreFile Read(string text)
    {
        using var document = Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The file must hold one JSON object, such as { \"currency\": \"EUR\" }.");
        }

        var (file, seen) = (new StoreFile(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!Members.TryGetValue(NameOf(member), out var read))
            {
                throw new FormatException(
                    $"There is no setting '{member.Name}'; remove it, or correct it to one of {string.Join(", ", Members.Keys)}.");
            }

            if (!seen.Add(member.Name))
            {
                throw new FormatException($"{member.Name} is given twice; remove one of them.");
            }

            read(file, member.Value);
        }

        CheckValues(file);
        return file;
    }

    /// <summary>Refuses a write key that no client could send. <exception cref="FormatException">It is one.</exception></summary>
    public static void CheckWriteKey(string key)
    {
        if (key.Length is 0 or > LongestName || key.Any(c => c == ':' || char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new FormatException($"'{key}' cannot be a write key: a write key has {WriteKeyForm}.");
        }
    }

    private static void CheckValues(StoreFile file)
    {
        ShopSourceReader.CheckNames(file.Sources, file.WriteKeys);
        if (file.StockSources.FirstOrDefault(s => !file.WriteKeys.ContainsValue(s)) is { } stock)
        {
            throw new FormatException($"stockSources: '{stock}' is not the source of a write key; give it one in writeKeys, or remove it.");
        }

        if (!Currency.TryFind(file.Currency, out _))
        {
            throw Wrong("currency", $"an ISO 4217 currency in circulation such as EUR; '{file.Currency}' is not one");
        }

        if (file.Noise is { } noise && Currency.Of(file.Currency).Round(noise.Bound).Minor < 1)
        {
            throw Wrong("noise: bound", $"a unit of {file.Currency} at least");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(file.TimeZone, out _))
        {
            throw Wrong("timeZone", $"a time zone of this system such as Europe/Berlin; '{file.TimeZone}' is not one");
        }

        if (file.HorizonDays is < 1 or > 3_650)
        {
            throw Wrong("horizonDays", $"1 to 3,650");
        }

        if (file.Rates.Keys.FirstOrDefault(code => !Currency.TryFind(code, out _)) is { } unknown)
        {
            throw new FormatException($"rates: '{unknown}' is not an ISO 4217 currency in circulation; remove it, or correct it.");
        }
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(
                text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new FormatException(
                $"The file is not JSON; the error is in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
    }

    private static Dictionary<string, string> WriteKeys(JsonElement value)
    {
        const string Example = "an object of at least one write key with the name of its source, such as { \"wk_live_1\": \"web\" }";
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("writeKeys", Example);
        }

        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var key = NameOf(member);
            try
            {
                CheckWriteKey(key);
            }
            catch (FormatException e)
            {
                throw new FormatException($"writeKeys: {e.Message}", e);
            }

            var source = Text($"writeKeys: the source of '{key}'", member.Value);
            keys[key] = source.Length is > 0 and <= LongestName && !source.Any(char.IsControl)
                ? source
                : throw Wrong($"writeKeys: the source of '{key}'", $"a name of 1 to {LongestName} characters, such as web");
        }

        return keys.Count > 0 ? keys : throw Wrong("writeKeys", Example);
    }

    private static string[] StockSources(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(s => Text("stockSources", s))]
        : throw Wrong("stockSources", "an array of sources of write keys such as [\"warehouse\"]");

    private static Dictionary<string, decimal> Rates(JsonElement value)
    {
        const string Example =
            "an object of currencies with the units of the store's currency for one unit of each, such as { \"EUR\": 1.08 }";
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("rates", Example);
        }

        var rates = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            rates[NameOf(member)] = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDecimal(out var rate)
                ? rate
                : throw Wrong($"rates: {NameOf(member)}", "a number above 0, such as 1.08");
        }

        return rates;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ConsentCategories(JsonElement value)
    {
        const string Example = "an object of consent categories with the purposes of each, such as { \"Advertising\": [\"profiling\"] }";
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("consentCategories", Example);
        }

        var categories = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var place = $"consentCategories: '{NameOf(member)}'";
            var purposes = member.Value.ValueKind == JsonValueKind.Array
                ? member.Value.EnumerateArray().Select(p => Text(place, p)).ToImmutableArray()
                : throw Wrong(place, "an array of purposes such as [\"profiling\"]");
            categories[NameOf(member)] = purposes.FirstOrDefault(p => !Consents.IsPurpose(p)) is { } wrong
                ? throw Wrong(place, $"purposes of a-z, 0-9, '_' and '-' such as email, email/news or profiling; '{wrong}' is not one")
                : purposes;
        }

        return categories.ToImmutable();
    }

    private static ImmutableSortedDictionary<Retained, int> KeepDays(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("keepDays", "an object of days, such as { \"deadLetters\": 30 }");
        }

        var days = ImmutableSortedDictionary.CreateBuilder<Retained, int>();
        foreach (var member in value.EnumerateObject())
        {
            var name = NameOf(member);
            if (!RetainedNames.TryParse(name, out var what))
            {
                throw new FormatException(
                    $"keepDays: there is no '{name}'; remove it, or correct it to one of {string.Join(", ", RetainedNames.All)}.");
            }

            if (days.ContainsKey(what))
            {
                throw new FormatException($"keepDays: {name} is given twice; remove one of them.");
            }

            days[what] = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var kept)
                && kept is >= 0 and <= MostKeepDays
                    ? kept
                    : throw Wrong($"keepDays: {name}", $"a whole number of days, 0 to {MostKeepDays:#,##0}");
        }

        return days.ToImmutable();
    }

    private static int SmallestGroup(JsonElement value) =>
        Whole("smallestGroup", value, "10") is var least and (0 or >= 2 and <= MostSmallestGroup)
            ? least
            : throw Wrong("smallestGroup", $"2 to {MostSmallestGroup:#,##0} customers, or 0 to tell of groups of any size");

    private static int ExpectedCustomers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var customers) && customers is >= 1 and <= ShardCount.MostCustomers
            ? customers
            : throw Wrong("expectedCustomers", $"1 to {ShardCount.MostCustomers:#,##0}, such as 5000000");

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A name of a member is not valid Unicode.", e);
        }
    }

    private static string Text(string member, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(member, "text in quotation marks");
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{member} is not valid Unicode.", e);
        }
    }

    private static int Whole(string member, JsonElement value, string example) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw Wrong(member, $"a whole number such as {example}");

    private static FormatException Wrong(string member, string expected) => new($"{member} must be {expected}.");
}
