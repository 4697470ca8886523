using System.Text;
using System.Text.Json;

namespace ClvOrleans.Storage.Privacy;

/// <summary>
/// What may name somebody in a text that was refused: values of its JSON, also of JSON within a text, and its words where it is none. Short
/// values and numbers only where they are called an id: <c>17</c> is in every other text.
/// </summary>
internal static class NamesOfText
{
    private const int Short = 6;
    private const int Longest = 255;
    private const int Most = 1_000;
    private const int MostNested = 4;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The values, each once.</summary>
    public static IReadOnlySet<string> Of(ReadOnlySpan<byte> text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add(names, text, MostNested);
        return names;
    }

    private static void Add(HashSet<string> names, ReadOnlySpan<byte> text, int nested)
    {
        try
        {
            var json = new Utf8JsonReader(text, Lenient);
            var isId = false;
            while (names.Count < Most && json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        isId = IsId(json.GetString()!);
                        break;
                    case JsonTokenType.String:
                        Add(names, json.GetString()!, isId, nested);
                        break;
                    case JsonTokenType.Number when isId:
                        Add(names, Encoding.UTF8.GetString(json.ValueSpan), isId, nested);
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            foreach (var word in Encoding.UTF8.GetString(text).Split([.. "\",;'\t\r\n{}[]\\ "], StringSplitOptions.RemoveEmptyEntries))
            {
                if (names.Count < Most)
                {
                    Add(names, word, isId: true, nested: 0);
                }
            }
        }
    }

    private static void Add(HashSet<string> names, string value, bool isId, int nested)
    {
        var name = value.Trim();
        if (nested > 0 && name is ['{' or '[', ..])
        {
            Add(names, Encoding.UTF8.GetBytes(name), nested - 1);
        }
        else if (name.Length is > 0 and <= Longest && (isId || name.Length >= Short))
        {
            names.Add(name);
        }
    }

    // userId, order_id, id, orderIds.
    private static bool IsId(string property) => property.TrimEnd('s').EndsWith("id", StringComparison.OrdinalIgnoreCase);
}
