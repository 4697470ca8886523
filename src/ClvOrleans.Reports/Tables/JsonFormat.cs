using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Reports.Tables;

/// <summary>Writes a report as JSON: what it is, its columns with their meaning, and its rows as objects by the names of columns.</summary>
public static class JsonFormat
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream stream, ReportTable table)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("report", table.Report);
        json.WriteString("asOf", table.AsOf.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("currency", table.Currency);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("kind", column.Kind.ToString());
            json.WriteString("meaning", column.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(table.Columns[i].Name);
                Write(json, row[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in table.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        if (table.Noise is { } noise)
        {
            Write(json, noise);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TableNoise noise)
    {
        json.WriteStartObject("noise");
        json.WriteNumber("epsilon", noise.Epsilon);
        json.WriteNumber("delta", noise.Delta);
        json.WriteNumber("bound", noise.Bound);
        json.WriteNumber("months", noise.Months);
        json.WriteString("period", noise.Period);
        json.WriteString("toldUntil", noise.ToldUntil.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("leastCustomers", noise.LeastCustomers);
        json.WriteStartArray("measures");
        foreach (var measure in noise.Measures)
        {
            json.WriteStartObject();
            json.WriteString("name", measure.Name);
            json.WriteNumber("epsilon", measure.Epsilon);
            json.WriteNumber("sensitivity", measure.Sensitivity);
            json.WriteNumber("scale", measure.Scale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture));
                break;
            case long count:
                json.WriteNumberValue(count);
                break;
            case decimal amount:
                json.WriteNumberValue(amount);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                throw new ArgumentException($"{cell.GetType()} is no cell of a report.");
        }
    }
}
