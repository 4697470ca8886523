using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using ClvOrleans.Training.Backtests.Reports;

namespace ClvOrleans.Training.Fits;

/// <summary>A fit as one HTML page that needs nothing from elsewhere: the parameters, what follows from them, and pictures.</summary>
public static class FitPage
{
    /// <summary>The page. The same fit gives the same page.</summary>
    public static string Of(FitView fit)
    {
        ImmutableArray<FitView.Group> groups = [.. fit.Residual, fit.Total];
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Escape(fit.Model)}</title><style>{PageStyle.Css}</style></head><body>
            <h1>{Escape(fit.Model)}</h1>
            <p>{Escape(fit.Data)}. ln L {fit.LogLikelihood:0.000}, AIC {fit.Aic:0.000}, BIC {fit.Bic:0.000}.</p>
            <h2>Parameters</h2>
            {Table(
                ["parameter", "estimate", "standard error"],
                fit.Parameters.Select(p => (string[])[p.Name, Number(p.Value), p.StandardError == 0 ? "chosen" : Number(p.StandardError)]))}
            <h2>What is to come</h2>
            <p>Expected within {fit.Horizon} × {fit.Unit}; discounted for ever at {fit.Rate:0.####%} a {fit.Unit}; worth
            {Number(fit.Amount)} each.</p>
            {Table(
                ["so far", "customers", fit.ProbabilityOf, "expected", "discounted", "residual value"],
                groups.Select(g => (string[])
                    [g.Name, Number(g.Customers), Number(g.Probability), Number(g.Expected), Number(g.Discounted), Number(g.Value)]))}
            <div class="grid">
            {Curve("Expected of a new customer", fit.Unit, "number", fit.Expected)}
            {Curve(fit.SurvivalOf, fit.Unit, "probability", fit.Survival)}
            {new Chart("Residual value by history so far", "so far", "value").Bars(
                [.. fit.Residual.Select(g => g.Name)], [new Series(fit.Model, 1, [.. fit.Residual.Select(g => g.Value)])])}
            </div>
            </body></html>
            """);
    }

    private static string Curve(string title, string x, string y, ImmutableArray<FitView.Point> points) =>
        new Chart(title, x, y).Lines([.. points.Select(p => $"{p.Period}")], [new Series(y, 1, [.. points.Select(p => p.Value)])]);

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var html = new StringBuilder("<div class=\"wide\"><table><thead><tr>").AppendJoin("", head.Select(h => $"<th>{Escape(h)}</th>"))
            .Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{Escape(c)}</td>")).Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Number(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
