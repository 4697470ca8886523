using System.Globalization;
using System.Text;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>
/// An export of metrics by OTLP in the text that every Prometheus reads, with the names and labels that Prometheus 3 gives what is pushed
/// to it under <c>deploy/prometheus/prometheus.yml</c>.
/// </summary>
internal static class PrometheusText
{
    private const int Sum = 7;
    private const int Histogram = 9;

    public static string Of(byte[] export)
    {
        var text = new StringBuilder();
        foreach (var resource in ProtoMessage.Fields(export, 1))
        {
            string[] of =
            [
                .. Labels(ProtoMessage.Fields(resource, 1).First(), 1).Where(l => l.StartsWith("service_", StringComparison.Ordinal)),
            ];
            foreach (var metric in ProtoMessage.Fields(resource, 2).SelectMany(scope => ProtoMessage.Fields(scope, 2)))
            {
                Write(text, metric, of);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, byte[] metric, string[] resource)
    {
        var (name, unit, kind, isCounter) = OtlpMetrics.Read(metric);
        string[] series = [.. OtlpMetrics.Series(name, unit, kind, isCounter)];
        foreach (var point in ProtoMessage.Fields(metric, kind).SelectMany(data => ProtoMessage.Fields(data, 1)))
        {
            string[] labels = [.. resource, .. Labels(point, kind == Histogram ? 9 : Sum)];
            if (kind != Histogram)
            {
                Line(text, series[0], labels, Doubles(ProtoMessage.Numbers(point, 4)).FirstOrDefault(
                    ProtoMessage.Numbers(point, 6).Select(n => (double)(long)n).FirstOrDefault()));
                continue;
            }

            var (bounds, below) = (Doubles(ProtoMessage.Packed(point, 7)).Append(double.PositiveInfinity), 0UL);
            foreach (var (bound, count) in bounds.Zip(ProtoMessage.Packed(point, 6)))
            {
                Line(text, series[0], [.. labels, $"le=\"{Text(bound)}\""], below += count);
            }

            Line(text, series[1], labels, ProtoMessage.Numbers(point, 4).First());
            Line(text, series[2], labels, Doubles(ProtoMessage.Numbers(point, 5)).FirstOrDefault());
        }
    }

    private static void Line(StringBuilder text, string name, string[] labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{{{string.Join(',', labels)}}} {Text(value)}\n");

    private static IEnumerable<double> Doubles(IEnumerable<ulong> bits) => bits.Select(BitConverter.UInt64BitsToDouble);

    private static string Text(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Labels(byte[] message, int number) => ProtoMessage.Fields(message, number).Select(attribute =>
    {
        var value = ProtoMessage.Fields(attribute, 2).FirstOrDefault([]);
        var text = ProtoMessage.Fields(value, 1).Any()
            ? ProtoMessage.TextOf(value, 1)
            : ProtoMessage.Numbers(value, 3).Select(n => ((long)n).ToString(CultureInfo.InvariantCulture)).FirstOrDefault("");
        var name = string.Concat(ProtoMessage.TextOf(attribute, 1).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return $"{name}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    });
}
