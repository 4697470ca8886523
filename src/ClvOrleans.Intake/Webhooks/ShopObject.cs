using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>An object of a shop's JSON, read by the rules of all doors; a refusal names the member.</summary>
/// <param name="Json">The object; undefined reads as one without members.</param>
/// <param name="Path">What stands before a member's name in a message: blank, or <c>customer.</c></param>
internal readonly record struct ShopObject(JsonElement Json, string Path = "")
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The body of a call. <exception cref="RefusedException">It is not a JSON object.</exception></summary>
    public static ShopObject Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(Rules.Json.Repair(body), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ShopObject(document.RootElement.Clone())
                : throw new RefusedException("invalid_body", "The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new RefusedException(
                "invalid_json",
                $"The body is not JSON, or deeper than 64 levels: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    /// <summary>An object within; without members where there is none.</summary>
    public ShopObject In(string name) => new(Rules.Json.Find(Json, name), $"{Path}{name}.");

    /// <summary>The objects of an array; none where there is no array.</summary>
    public IEnumerable<ShopObject> All(string name)
    {
        var (path, array) = (Path, Rules.Json.Find(Json, name));
        return array.ValueKind != JsonValueKind.Array
            ? []
            : array.EnumerateArray().Select((e, i) => new ShopObject(e, $"{path}{name}[{i}]."))
                .Where(o => o.Json.ValueKind == JsonValueKind.Object);
    }

    /// <summary>Whether a member is there, and not null.</summary>
    public bool Has(string name) => Rules.Json.Find(Json, name).ValueKind != JsonValueKind.Undefined;

    /// <summary>Text that only describes; null where there is none.</summary>
    public string? Text(string name) => Rules.Json.Describe(Json, name);

    /// <summary>Text that tells who somebody is, trimmed and otherwise whole; null where there is none.</summary>
    /// <exception cref="RefusedException">It is neither text nor a number.</exception>
    public string? Whole(string name) => Rules.Json.Text(Json, name, Path + name, RuleCodes.InvalidCustomer);

    /// <summary>An id that is needed. <exception cref="RefusedException">It is missing, or is none.</exception></summary>
    public string Id(string name, IdKind kind) => IdOrNull(name, kind) ?? throw IdRules.Missing(kind, Path + name).ToException();

    /// <summary>An id; null where there is none. <exception cref="RefusedException">It cannot be one.</exception></summary>
    public string? IdOrNull(string name, IdKind kind)
    {
        var id = Rules.Json.Id(Json, name, Path + name, kind, out var refusal);
        return refusal is null ? id : throw refusal.ToException();
    }

    /// <summary>The number of something that is 0 where there is nothing, such as a guest; null then.</summary>
    public string? NumberOrNull(string name) =>
        Rules.Json.Text(Json, name, Path + name, RuleCodes.InvalidCustomer) is { Length: <= CustomerId.MaxLength } text && text != "0"
            ? text
            : null;

    /// <summary>An amount of either sign; null where there is none.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public decimal? Amount(string name)
    {
        if (Rules.Json.NumberText(Json, name, Path + name, RuleCodes.InvalidMoney) is not { } text)
        {
            return null;
        }

        var amount = AmountRules.ReadSigned(text, NumberForm.Plain, Path + name, out var refusal);
        return refusal is null ? amount : throw refusal.ToException();
    }

    /// <summary>An amount that decides nothing: what cannot be read is left out with a note; null then.</summary>
    public decimal? Amount(string name, List<EventNote> notes)
    {
        try
        {
            return Amount(name);
        }
        catch (RefusedException e)
        {
            notes.Add(EventNote.LeftOut(new Refusal(e.Code, e.Message)));
            return null;
        }
    }

    /// <summary>A number of units; null where there is none. <exception cref="RefusedException">It cannot be read.</exception></summary>
    public decimal? Quantity(string name)
    {
        if (Rules.Json.NumberText(Json, name, Path + name, RuleCodes.InvalidQuantity) is not { } text)
        {
            return null;
        }

        var quantity = QuantityRules.Read(text, NumberForm.Plain, Path + name, out var refusal);
        return refusal is null ? quantity : throw refusal.ToException();
    }

    /// <summary>A time, as the shop's clock had it; null where there is none.</summary>
    /// <param name="name">The member.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <exception cref="RefusedException">It cannot be read, or cannot be.</exception>
    public DateTimeOffset? Time(string name, TimeZoneInfo zone, DateTimeOffset receivedAt)
    {
        if (Rules.Json.Text(Json, name, Path + name, RuleCodes.InvalidTime) is not { } text)
        {
            return null;
        }

        return !TimeRules.TryRead(text, DateOrder.Ymd, out var stated) || stated.In(zone) is not { } at
            ? throw TimeRules.Invalid(text, Path + name).ToException()
            : TimeRules.Flaw(at, receivedAt, Path + name) is { } flaw ? throw flaw.ToException() : at;
    }
}
