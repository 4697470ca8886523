using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv customer</c></summary>
internal static class CustomerCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "User id or anonymous id." };
        var horizon = new Option<string?>("--horizon")
        {
            Description = "How far to look ahead: 90d, 12w, 6m, 1y. [default: the store's]",
            HelpName = "SPAN",
        };
        var asOf = Shared.Day("--as-of", "A past day, such as 2026-01-31: what was known then. [default: today]");
        var model = new Option<string?>("--model")
        {
            Description = "A model version or family other than the champion, such as bg-nbd.",
            HelpName = "NAME",
        };
        var why = new Option<bool>("--why") { Description = "Show why: what each input adds, and what the latest events did." };
        var recommendations = new Option<bool>("--recommendations") { Description = "Show what to recommend, and why." };
        var experience = new Option<bool>("--experience") { Description = "Show what shortens their way through the shop." };
        var command = new Command("customer", "Show what a customer is worth.")
        {
            id, horizon, asOf, model, why, recommendations, experience,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(horizon) is { } span && !Horizon.TryParse(span, out _))
            {
                throw new UsageException(
                    $"{horizon.Name}: '{span}' is not 1 to 3,650 days, such as 90, 90d, 12w, 6m (30 days each) or 1y (365 days).");
            }

            (string Name, string? Value)[] asked =
            [
                ("horizon", parsed.GetValue(horizon)),
                ("asOf", parsed.GetValue(asOf)?.ToString("O", CultureInfo.InvariantCulture)),
                ("model", parsed.GetValue(model)),
            ];
            var query = asked.Where(a => a.Value is not null).Aggregate(new QueryString(), (sum, a) => sum.Add(a.Name, a.Value!));

            var (what, print) = parsed.GetValue(recommendations) ? ("recommendations", RecommendationCard.Print)
                : parsed.GetValue(experience) ? ("experience", RecommendationCard.PrintExperience)
                : parsed.GetValue(why) ? ("explanation", (Action<JsonElement>)ExplanationCard.Print)
                : ("clv", Print);
            var address = $"api/v1/customers/{Uri.EscapeDataString(parsed.GetValue(id)!)}/{what}{query.ToUriComponent()}";
            return Service.ShowAsync(parsed, http => http.GetAsync(address, cancellation), print, cancellation);
        });
        return command;
    }

    private static void Print(JsonElement clv)
    {
        var (historic, predicted) = (clv.GetProperty("historic"), clv.GetProperty("predicted"));
        var (currency, interval, next) =
            (clv.GetProperty("currency").GetString(), predicted.GetProperty("interval"), predicted.GetProperty("nextOrderInDays"));
        var days = clv.GetProperty("horizonDays").GetInt32();
        var card = new Grid().AddColumns(2);
        var orders = historic.GetProperty("orders").GetInt32();
        Row(
            "Value so far",
            $"{Money(historic, "net")} ({Money(historic, "margin")} margin) in {orders} {(orders == 1 ? "order" : "orders")}");
        Row(
            $"Next {days} days",
            $"{Money(predicted, "value")} ({Money(predicted, "margin")} margin), "
                + $"{Number(predicted, "expectedPurchaseDays", "0.##")} purchase days expected");
        Row($"{Number(interval, "level", "0 %")} interval", $"{Money(interval, "lower")} to {Money(interval, "upper")}");
        Row("Still a customer", predicted.GetProperty("probabilityAlive").ValueKind == JsonValueKind.Number
            ? $"{Number(predicted, "probabilityAlive", "0 %")} likely (has left for good: {Number(predicted, "churnProbability", "0 %")})"
            : "not one yet: nothing was bought");
        Row("Next order", NextOrder(next, orders > 0));
        Row("Segment", clv.GetProperty("segment").GetString()!);
        Row(
            "Model",
            $"{clv.GetProperty("modelVersion").GetString()} ({clv.GetProperty("basis").GetString()}), as "
                + $"of {clv.GetProperty("asOf").GetString()}");
        if (clv.TryGetProperty("modelReason", out var reason) && reason.GetString() is { } told)
        {
            Row("", told);
        }

        Terminal.Show(card, clv.GetProperty("customer").GetString()!);

        void Row(string name, string text) => card.AddRow(new Text(name), new Text(text));
        string Money(JsonElement parent, string name) =>
            string.Create(CultureInfo.InvariantCulture, $"{currency} {parent.GetProperty(name).GetDecimal():#,##0.00}");
    }

    private static string NextOrder(JsonElement next, bool isBuyer)
    {
        if (next.ValueKind != JsonValueKind.Object || Days("median") is not { } median)
        {
            return isBuyer ? "more likely none than one" : "unknown before the first";
        }

        var late = Days("late") is { } days ? $"9 in 10 within {days}" : "1 in 10 never or much later";
        return $"within {median} days as likely as not (1 in 10 within {Days("early")}, {late})";

        string? Days(string name) => next.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("0", CultureInfo.InvariantCulture)
            : null;
    }

    private static string Number(JsonElement parent, string name, string format) =>
        parent.GetProperty(name).GetDouble().ToString(format, CultureInfo.InvariantCulture);
}
