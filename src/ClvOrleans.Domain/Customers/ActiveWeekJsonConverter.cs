using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// Writes an active week as <c>[monday, days, sessions, orders, milliseconds, counts…]</c> without the zeros at its end: rows hold up to
/// <see cref="ActiveWeek.Most"/> of them.
/// </summary>
public sealed class ActiveWeekJsonConverter : JsonConverter<ActiveWeek>
{
    private const int Plain = 4;

    /// <inheritdoc />
    public override ActiveWeek Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("An active week is an array that begins with its Monday.");
        }

        var monday = DateOnly.ParseExact(reader.GetString()!, "O", CultureInfo.InvariantCulture);
        Span<long> numbers = stackalloc long[Plain + KindCounts.Length];
        numbers.Clear();
        // A later version may count more kinds: silos of both run side by side while one is rolled out.
        for (var i = 0; reader.Read() && reader.TokenType == JsonTokenType.Number; i++)
        {
            if (i < numbers.Length)
            {
                numbers[i] = reader.GetInt64();
            }
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException($"The week of {monday:O} holds something other than numbers.");
        }

        var counts = default(KindCounts);
        for (var i = 0; i < KindCounts.Length; i++)
        {
            counts[i] = checked((int)numbers[Plain + i]);
        }

        return new ActiveWeek(monday, checked((int)numbers[0]), checked((int)numbers[1]), checked((int)numbers[2]), numbers[3], counts);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ActiveWeek value, JsonSerializerOptions options)
    {
        Span<long> numbers = [value.Days, value.Sessions, value.Orders, value.Duration, .. stackalloc long[KindCounts.Length]];
        for (var i = 0; i < KindCounts.Length; i++)
        {
            numbers[Plain + i] = value.Counts[i];
        }

        writer.WriteStartArray();
        writer.WriteStringValue(value.Monday.ToString("O", CultureInfo.InvariantCulture));
        foreach (var number in numbers.TrimEnd(0))
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
