using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>An order as the JSON of an event.</summary>
internal static partial class JsonOrder
{
    /// <summary>Why a value cannot be written as a number of JSON; null where it can.</summary>
    public static string? NoNumber(OddValue value) =>
        value.Field is OrderField.Order or OrderField.Customer or OrderField.Currency ? "a number has no spelling of its own"
        : !NumberForm().IsMatch(value.Text) ? "it is no number of JSON"
        : null;

    public static string Of(SentOrder order, bool numbers = false)
    {
        string Number(string text) => numbers ? AsNumber(text) : Text(text);
        var time = order.Time.Contains('-', StringComparison.Ordinal) ? Text(order.Time) : Number(order.Time);
        return $$"""
            {"type":"track","event":"Order Completed","userId":{{Text(order.Customer)}},"timestamp":{{time}},"properties":
            {"order_id":{{Text(order.Order)}},"revenue":{{Number(order.Amount)}},"currency":{{Text(order.Currency)}},
            "products":[{"product_id":"p","quantity":{{Number(order.Quantity)}} }] } }
            """.ReplaceLineEndings("");
    }

    /// <summary>A text as a string of JSON.</summary>
    public static string Text(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            json.Append(c is >= ' ' and <= '~' and not ('"' or '\\')
                ? c.ToString()
                : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return json.Append('"').ToString();
    }

    /// <summary>A text as it is, as a number of JSON; as a string where there is none.</summary>
    public static string AsNumber(string text) => text.Length > 0 ? text : Text(text);

    [GeneratedRegex("^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex NumberForm();
}
