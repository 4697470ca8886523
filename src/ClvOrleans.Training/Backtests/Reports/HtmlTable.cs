using System.Net;
using System.Text;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A table of a page: a row a model, the best of each column marked.</summary>
internal static class HtmlTable
{
    /// <summary>The table.</summary>
    /// <param name="first">Name of the first column.</param>
    /// <param name="columns">The other columns, and what they mean.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="head">The first cell of a row, as HTML.</param>
    /// <param name="cells">The other cells of a row.</param>
    public static string Of<TRow>(
        string first,
        IEnumerable<(string Name, string Meaning)> columns,
        IEnumerable<TRow> rows,
        Func<TRow, string> head,
        Func<TRow, IEnumerable<(string Text, bool IsBest)>> cells)
    {
        var html = new StringBuilder($"<div class=\"wide\"><table><thead><tr><th>{first}</th>");
        foreach (var (name, meaning) in columns)
        {
            html.Append($"<th title=\"{Escape(meaning)}\">{Escape(name)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append($"<tr><td>{head(row)}</td>");
            foreach (var (text, isBest) in cells(row))
            {
                html.Append(isBest ? "<td class=\"best\">" : "<td>").Append(text).Append("</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>A text in HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);
}
