using System.Text;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>Small damage to a body: sometimes of its bytes, mostly of its values, so that it stays JSON.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e308", "1e-400", "123456789012345678901234567890", "\"\"", "\"NaN\"", "[]", "{}", "[[[[1]]]]",
        "\"\\ud800\"", "\"\\u0000\"", "\"undefined\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01\"", "{\"\\udfff\":1}", "\"\\\\ud800\"",
    ];

    public static byte[] Of(byte[] body, Random random)
    {
        var mutated = body;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            mutated = random.Next(4) == 0 ? OfBytes(mutated, random) : OfValue(mutated, random);
        }

        return mutated;
    }

    private static byte[] OfBytes(byte[] body, Random random)
    {
        var at = random.Next(body.Length);
        return random.Next(3) switch
        {
            0 => [.. body[..at], (byte)random.Next(256), .. body[Math.Min(at + 1, body.Length)..]],
            1 => [.. body[..at], .. body[..random.Next(body.Length)], .. body[at..]],
            _ => body[..Math.Max(1, at)],
        };
    }

    // Puts another value behind one of the colons.
    private static byte[] OfValue(byte[] body, Random random)
    {
        var text = Encoding.Latin1.GetString(body);
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':' && i > 0 && text[i - 1] == '"').ToArray();
        if (colons.Length == 0)
        {
            return body;
        }

        var from = colons[random.Next(colons.Length)] + 1;
        var to = from;
        for (var (depth, quoted) = (0, false); to < text.Length; to++)
        {
            var c = text[to];
            if (quoted)
            {
                quoted = c != '"' || text[to - 1] == '\\';
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (depth == 0 && c is ',' or '}' or ']')
            {
                break;
            }
            else
            {
                depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            }
        }

        return Encoding.Latin1.GetBytes(text[..from] + Values[random.Next(Values.Length)] + text[to..]);
    }
}
