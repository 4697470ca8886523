using System.Globalization;
using System.Text;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>An order as the JSON of an event.</summary>
internal static class JsonOrder
{
    public static string Of(SentOrder order, bool numbers = false)
    {
        string Number(string text) => numbers && text.Length > 0 ? text : Text(text);
        var time = order.Time.Contains('-', StringComparison.Ordinal) ? Text(order.Time) : Number(order.Time);
        return $$"""
            {"type":"track","event":"Order Completed","userId":{{Text(order.Customer)}},"timestamp":{{time}},"properties":
            {"order_id":{{Text(order.Order)}},"revenue":{{Number(order.Amount)}},"currency":{{Text(order.Currency)}},
            "products":[{"product_id":"p","quantity":{{Number(order.Quantity)}} }] } }
            """.ReplaceLineEndings("");
    }

    private static string Text(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            json.Append(c is >= ' ' and <= '~' and not ('"' or '\\') ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return json.Append('"').ToString();
    }
}
