using System.Text;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>
/// Names in an export of metrics (opentelemetry/proto/metrics/v1/metrics.proto), as Prometheus translates them: letters, digits and
/// underscores, the unit at the end, then <c>_total</c> for counters and the series of histograms.
/// </summary>
internal static class OtlpMetrics
{
    private const int Nested = 2;
    private static readonly int[] Kinds = [5, 7, 9];

    public static IEnumerable<string> PrometheusNames(byte[] export)
    {
        foreach (var resource in Fields(export, 1))
        {
            foreach (var metric in Fields(resource, 2).SelectMany(scope => Fields(scope, 2)))
            {
                foreach (var name in Names(metric))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>The series of an instrument.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="kind">Number of the field of its data: 5 gauge, 7 sum, 9 histogram.</param>
    /// <param name="isCounter">Whether a sum only grows.</param>
    public static IEnumerable<string> Series(string name, string unit, int kind, bool isCounter)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "1" => kind == 5 ? "_ratio" : "",
            _ => "",
        };
        var translated = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        translated = translated.EndsWith(suffix, StringComparison.Ordinal) ? translated : translated + suffix;
        return kind switch
        {
            9 => [$"{translated}_bucket", $"{translated}_count", $"{translated}_sum"],
            7 when isCounter => [$"{translated}_total"],
            _ => [translated],
        };
    }

    private static IEnumerable<string> Names(byte[] metric)
    {
        var (name, unit) =
            (Encoding.UTF8.GetString(Fields(metric, 1).First()), Encoding.UTF8.GetString(Fields(metric, 3).FirstOrDefault([])));
        var kind = Kinds.FirstOrDefault(k => Fields(metric, k).Any());
        var isCounter = kind == 7 && Varints(Fields(metric, 7).First(), 3).FirstOrDefault() == 1;
        return Series(name, unit, kind, isCounter);
    }

    private static IEnumerable<byte[]> Fields(byte[] message, int number) =>
        All(message).Where(f => f.Number == number && f.Wire == Nested).Select(f => f.Bytes);

    private static IEnumerable<ulong> Varints(byte[] message, int number) =>
        All(message).Where(f => f.Number == number && f.Wire == 0).Select(f => f.Value);

    private static List<(int Number, int Wire, byte[] Bytes, ulong Value)> All(byte[] message)
    {
        var (fields, at) = (new List<(int, int, byte[], ulong)>(), 0);
        while (at < message.Length)
        {
            var (key, bytes, value) = (Varint(), Array.Empty<byte>(), 0UL);
            switch ((int)(key & 7))
            {
                case 0:
                    value = Varint();
                    break;
                case 1:
                    at += 8;
                    break;
                case Nested:
                    var length = (int)Varint();
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
                default:
                    at += 4;
                    break;
            }

            fields.Add(((int)(key >> 3), (int)(key & 7), bytes, value));
        }

        return fields;

        ulong Varint()
        {
            for (var (result, shift) = (0UL, 0); ; shift += 7)
            {
                var next = message[at++];
                result |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return result;
                }
            }
        }
    }
}
