using System.Globalization;
using ClvOrleans.Training.Forecasts;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>All forecasts beside what happened, as CSV: one block a model, one line a buyer, money in major units.</summary>
public static class PredictionsFile
{
    /// <summary>The header.</summary>
    public const string Header =
        "customer_id,model,predicted_value,predicted_orders,p_buys,p_alive,lower80,upper80,actual_value,actual_orders";

    private const int Eighty = 1;

    /// <summary>Writes it. What a model does not make is left empty; models that the data did not carry have no block.</summary>
    public static void Write(TextWriter text, BacktestResult result)
    {
        text.WriteLine(Header);
        foreach (var row in result.Rows)
        {
            for (var i = 0; i < row.Forecasts.Length; i++)
            {
                var (customer, forecast, outcome) = (result.Past.Buyers[i], row.Forecasts[i], result.Outcomes[i]);
                Forecast.Interval? interval = forecast.Intervals.IsEmpty ? null : forecast.Intervals[Eighty];
                text.WriteLine(string.Join(
                    ',',
                    Quoted(customer.Id.Id),
                    Quoted(row.Model),
                    Major(forecast.Value),
                    Number(forecast.Orders),
                    Number(forecast.Buys),
                    Number(forecast.Alive),
                    Major(interval?.Lower),
                    Major(interval?.Upper),
                    Major((double)outcome.Value.Minor),
                    Number(outcome.Orders)));
            }
        }

        string Major(double? minor) => Number(minor / Math.Pow(10, result.Past.Store.Currency.Decimals));
    }

    private static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text == text.Trim()
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
