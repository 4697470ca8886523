using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>What to recommend to a customer, and what shortens their way, for people.</summary>
internal static class RecommendationCard
{
    public static void Print(JsonElement reply)
    {
        Console.WriteLine(Terminal.Plain($"{reply.GetProperty("customer").GetString()}, {VersionOf(reply)}"));
        var table = new Table().Border(TableBorder.Simple).AddColumns("Product", "Category")
            .AddColumn(new TableColumn($"Price ({reply.GetProperty("currency").GetString()})") { Alignment = Justify.Right })
            .AddColumns("Bought before", "Why");
        foreach (var product in reply.GetProperty("products").EnumerateArray())
        {
            table.AddRow(
                Cell(product, "product"), Cell(product, "category"), Cell(product, "price"),
                new Text(product.GetProperty("boughtBefore").GetBoolean() ? "yes" : ""),
                new Text(Terminal.Plain(string.Join(
                    ' ', product.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("text").GetString())))));
        }

        Terminal.List(table, "There is nothing to recommend yet: no training has seen products, or none can be sold.");
    }

    public static void PrintExperience(JsonElement reply)
    {
        var card = new Grid().AddColumns(2);
        var next = reply.GetProperty("nextBestAction");
        Row("Next best action", $"{next.GetProperty("kind").GetString()}: {next.GetProperty("text").GetString()}");
        Row("Categories", string.Join(", ", reply.GetProperty("categories").EnumerateArray().Select(CategoryOf)));
        Row("Order again", string.Join(", ", reply.GetProperty("reorder").EnumerateArray().Select(ReorderOf)));
        Row("Price band", reply.GetProperty("priceBand") is { ValueKind: JsonValueKind.Object } band
            ? $"{reply.GetProperty("currency").GetString()} {band.GetProperty("lower")} to {band.GetProperty("upper")}"
            : "");
        Row("Offer", reply.GetProperty("offer") is { ValueKind: JsonValueKind.Object } offer
            ? $"{offer.GetProperty("slot").GetString()}: {offer.GetProperty("content").GetRawText()}"
            : "none");
        var steps = reply.GetProperty("savedSteps");
        Row("Cart", List(steps, "cart"));
        Row("Wishlist", List(steps, "wishlist"));
        Row("Looked at", List(steps, "viewed"));
        Row("Model", VersionOf(reply));
        Terminal.Show(card, reply.GetProperty("customer").GetString()!);

        void Row(string name, string text) => card.AddRow(new Text(name), new Text(Terminal.Plain(text)));
    }

    private static string CategoryOf(JsonElement c) => string.Create(
        CultureInfo.InvariantCulture, $"{c.GetProperty("category").GetString()} {c.GetProperty("share").GetDouble():0 %}");

    private static string ReorderOf(JsonElement r) =>
        $"{r.GetProperty("units").GetInt64()} x {r.GetProperty("product").GetString()} (due {r.GetProperty("dueOn").GetString()})";

    private static string List(JsonElement parent, string name) =>
        string.Join(", ", parent.GetProperty(name).EnumerateArray().Select(p => p.GetString()));

    private static string VersionOf(JsonElement reply) => reply.GetProperty("modelVersion").GetString() ?? "no model yet";

    private static Text Cell(JsonElement parent, string name) =>
        new(parent.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? Terminal.Plain(value.ToString()) : "");
}
