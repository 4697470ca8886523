namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>The style sheet of the page: light and dark, colours of the models by number.</summary>
internal static class PageStyle
{
    /// <summary>
    /// How many kinds of lines and bars there are beside that of what happened, which is 0: the hues solid, dashed and dotted.
    /// </summary>
    public const int Colours = 3 * Hues;

    private const int Hues = 10;

    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Page + string.Concat(Enumerable.Range(0, Colours + 1).Select(Colour)) + Last;

    private const string Page = """
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6475;--paper:#fff;--rule:#d9dde5;--best:#e3f1e6;
        --c0:#1d2433;--c1:#2f6fde;--c2:#d9822b;--c3:#2b9a66;--c4:#b5459c;--c5:#c93c3c;--c6:#7a6ff0;--c7:#8a7a3c;--c8:#6b7686;
        --c9:#0f8ea0;--c10:#7b4f2c}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#9aa4b5;--paper:#14181f;--rule:#2c3340;--best:#1d3a29;
        --c0:#e6e9f0;--c1:#6fa0ff;--c2:#f0a95a;--c3:#5cc894;--c4:#dc84c8;--c5:#f07a7a;--c6:#a79ff8;--c7:#c2b26b;--c8:#98a3b3;
        --c9:#4fc3d4;--c10:#c09468}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:1360px;padding:0 1rem}
        h1,h2{line-height:1.2;margin:1.6rem 0 .4rem}p{margin:.3rem 0 .8rem;max-width:80ch}small{color:var(--soft)}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .4rem;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}th{cursor:help}
        th:first-child,td:first-child{text-align:left;white-space:normal;min-width:11rem}.best{background:var(--best);font-weight:600}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(480px,100%),1fr));gap:1rem 2rem}
        figure{margin:0}figcaption{font-weight:600}svg{width:100%;height:auto}
        line.rule{stroke:var(--rule)}line.axis{stroke:var(--soft)}line.mark{stroke:var(--soft);stroke-dasharray:4 3}
        .tick{fill:var(--soft);font-size:11px}.legend{font-size:13px;color:var(--soft);max-width:none}.legend span{display:inline-block}
        .key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .35em 0 .7em}

        """;

    private const string Last = ".line{fill:none;stroke-width:1.6}.line.c0{stroke-width:2.4}.bar{stroke:none}";

    private static string Colour(int number)
    {
        var (hue, style) = number == 0 ? (0, 0) : (((number - 1) % Hues) + 1, (number - 1) / Hues);
        var colour = $".c{number}{{fill:var(--c{hue});stroke:var(--c{hue});background:var(--c{hue})}}\n";
        var (dashes, opacity) = style == 1 ? ("7 3", ".55") : ("2 3", ".25");
        return style == 0 ? colour : colour
            + $".line.c{number}{{stroke-dasharray:{dashes}}}.bar.c{number}{{fill-opacity:{opacity};stroke-width:1}}"
            + $".key.c{number}{{background:repeating-linear-gradient(90deg,var(--c{hue}) 0 {dashes[0]}px,transparent "
            + $"0 {dashes[0] - '0' + 3}px);width:1.6em}}\n";
    }
}
