using System.Globalization;
using System.Net;
using System.Text;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Draws lines and bars as SVG. Colours are classes of the page's style sheet, so that they follow light and dark.</summary>
internal sealed class Chart(string title, string xTitle, string yTitle)
{
    private const double Width = 640;
    private const double Height = 300;
    private const double Left = 64;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 44;
    private readonly StringBuilder _svg = new();
    private double _low;
    private double _high;

    /// <summary>Lines over equally spaced places.</summary>
    /// <param name="labels">Name of each place; some of them are written.</param>
    /// <param name="series">The lines.</param>
    /// <param name="mark">A place with a vertical line, and what it says.</param>
    public string Lines(IReadOnlyList<string> labels, IReadOnlyList<Series> series, (double At, string Text)? mark = null)
    {
        series = Distinct(series);
        Begin(series);
        var step = (Width - Left - Right) / Math.Max(1, labels.Count - 1);
        Labels(labels, i => Left + (i * step));
        if (mark is var (at, text))
        {
            var x = Left + (at * step);
            Line("mark", x, Top, x, Height - Bottom);
            Text(x + 4, Top + 10, "start", text);
        }

        foreach (var line in series.Reverse())
        {
            var points = line.Values.Select((v, i) => (X: Left + (i * step), Y: Y(v))).Where(p => double.IsFinite(p.Y));
            _svg.Append($"<polyline class=\"line c{line.Colour}\" points=\"")
                .AppendJoin(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"))
                .Append($"\"><title>{Escape(line.Name)}</title></polyline>");
        }

        return End(series);
    }

    /// <summary>Groups of bars.</summary>
    public string Bars(IReadOnlyList<string> labels, IReadOnlyList<Series> series)
    {
        Begin(series);
        var step = (Width - Left - Right) / labels.Count;
        var width = step * .8 / series.Count;
        Labels(labels, i => Left + ((i + .5) * step));
        for (var s = 0; s < series.Count; s++)
        {
            for (var i = 0; i < labels.Count; i++)
            {
                var value = series[s].Values[i];
                if (double.IsFinite(value))
                {
                    var (x, y, zero) = (Left + ((i + .1) * step) + (s * width), Y(value), Y(0));
                    _svg.Append($"<rect class=\"bar c{series[s].Colour}\" x=\"{Number(x)}\" y=\"{Number(Math.Min(y, zero))}\" ")
                        .Append($"width=\"{Number(width)}\" height=\"{Number(Math.Abs(zero - y))}\">")
                        .Append($"<title>{Escape(series[s].Name)}, {Escape(labels[i])}: {Short(value)}</title></rect>");
                }
            }
        }

        return End(series);
    }

    // Of lines that coincide only the last drawn would be seen: they are one, under all names.
    private static List<Series> Distinct(IReadOnlyList<Series> series) =>
    [
        .. series.GroupBy(s => s.Values, SameValues.Instance)
            .Select(g => g.First() with { Name = string.Join(" = ", g.Select(s => s.Name)) }),
    ];

    private void Begin(IReadOnlyList<Series> series)
    {
        var values = series.SelectMany(s => s.Values).Where(double.IsFinite).Append(0).ToList();
        var step = Step((values.Max() - values.Min()) / 5);
        (_low, _high) = (Math.Floor(values.Min() / step) * step, Math.Ceiling(values.Max() / step) * step);
        _high = _high > _low ? _high : _low + step;
        _svg.Append($"<figure><figcaption>{Escape(title)}</figcaption>")
            .Append($"<svg viewBox=\"0 0 {Number(Width)} {Number(Height)}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        for (var i = 0; _low + (i * step) <= _high + (step / 2); i++)
        {
            var value = _low + (i * step);
            Line(Math.Abs(value) < step / 2 ? "axis" : "rule", Left, Y(value), Width - Right, Y(value));
            Text(Left - 6, Y(value) + 4, "end", Short(value));
        }

        var middle = Number((Top + Height - Bottom) / 2);
        _svg.Append($"<text class=\"tick\" transform=\"translate(14,{middle}) rotate(-90)\" text-anchor=\"middle\">")
            .Append($"{Escape(yTitle)}</text>");
    }

    private void Labels(IReadOnlyList<string> labels, Func<int, double> x)
    {
        var every = Math.Max(1, (int)Math.Ceiling(labels.Count / 14.0));
        for (var i = 0; i < labels.Count; i += every)
        {
            Text(x(i), Height - Bottom + 16, "middle", labels[i]);
        }

        Text((Left + Width - Right) / 2, Height - 8, "middle", xTitle);
    }

    private string End(IReadOnlyList<Series> series)
    {
        _svg.Append("</svg><p class=\"legend\">");
        foreach (var s in series)
        {
            _svg.Append($"<span><i class=\"key c{s.Colour}\"></i>{Escape(s.Name)}</span> ");
        }

        return _svg.Append("</p></figure>\n").ToString();
    }

    private void Line(string style, double x1, double y1, double x2, double y2) => _svg.Append(
        $"<line class=\"{style}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>");

    private void Text(double x, double y, string anchor, string text) => _svg.Append(
        $"<text class=\"tick\" x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");

    private double Y(double value) => Top + ((_high - value) / (_high - _low) * (Height - Top - Bottom));

    // 1, 2 or 5 times a power of ten.
    private static double Step(double rough)
    {
        if (!(rough > 0))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
