namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>
/// Names in an export of metrics (opentelemetry/proto/metrics/v1/metrics.proto), as Prometheus translates them: letters, digits and
/// underscores, the unit at the end, then <c>_total</c> for counters and the series of histograms.
/// </summary>
internal static class OtlpMetrics
{
    private static readonly int[] Kinds = [5, 7, 9];

    public static IEnumerable<string> PrometheusNames(byte[] export)
    {
        foreach (var resource in ProtoMessage.Fields(export, 1))
        {
            foreach (var metric in ProtoMessage.Fields(resource, 2).SelectMany(scope => ProtoMessage.Fields(scope, 2)))
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
        var read = Read(metric);
        return Series(read.Name, read.Unit, read.Kind, read.IsCounter);
    }

    /// <summary>What a metric is: its name, its unit, the number of the field of its data, and whether it only grows.</summary>
    internal static (string Name, string Unit, int Kind, bool IsCounter) Read(byte[] metric)
    {
        var kind = Kinds.FirstOrDefault(k => ProtoMessage.Fields(metric, k).Any());
        return (
            ProtoMessage.TextOf(metric, 1), ProtoMessage.TextOf(metric, 3), kind,
            kind == 7 && ProtoMessage.Numbers(ProtoMessage.Fields(metric, 7).First(), 3).FirstOrDefault() == 1);
    }
}
