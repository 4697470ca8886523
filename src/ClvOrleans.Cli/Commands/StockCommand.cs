using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv stock</c>: what the store has to sell.</summary>
internal static class StockCommand
{
    public static Command Create()
    {
        var only = new Argument<string?>("PRODUCT") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = "How many products.", DefaultValueFactory = _ => 100, HelpName = "N" };
        var command = new Command("stock", "Show what is in stock; state it, for one product or from a file.")
        {
            only, limit, Set(), Import(), Remove(),
        };
        command.SetAction((parsed, cancellation) =>
        {
            var query = new QueryString().Add("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture));
            query = parsed.GetValue(only) is { } product ? query.Add("product", product) : query;
            var address = "api/v1/stock" + query.ToUriComponent();
            return Service.ShowAsync(parsed, http => http.GetAsync(address, cancellation), Print, cancellation);
        });
        return command;
    }

    private static Command Set()
    {
        var product = new Argument<string>("PRODUCT") { Description = "The shop's id." };
        var units = new Option<long?>("--units") { Description = "Units in stock.", HelpName = "N" };
        var price = new Option<decimal?>("--price") { Description = "Price of one unit.", HelpName = "AMOUNT" };
        var promoted = new Option<bool?>("--promoted") { Description = "Whether it is at a special price.", HelpName = "true|false" };
        var category = new Option<string?>("--category") { Description = "Its category.", HelpName = "NAME" };
        var lead = new Option<int?>("--lead-days") { Description = "Days from ordering it to having it.", HelpName = "N" };
        var command = new Command("set", "State something of a product; the rest stays as it was.")
        {
            product, units, price, promoted, category, lead,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var said = new JsonObject { ["product"] = parsed.GetValue(product) };
            Say("units", parsed.GetValue(units));
            Say("price", parsed.GetValue(price));
            Say("promoted", parsed.GetValue(promoted));
            Say("category", parsed.GetValue(category));
            Say("leadDays", parsed.GetValue(lead));
            return Service.ShowAsync(
                parsed, http => http.PutAsJsonAsync("api/v1/stock", said, cancellation),
                _ => Console.WriteLine(Terminal.Plain($"Product {parsed.GetValue(product)} is up to date.")), cancellation);

            void Say<T>(string name, T value)
            {
                if (value is not null)
                {
                    said[name] = JsonValue.Create(value);
                }
            }
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "JSON, or a table with product_id and any of units, price, promoted, category, lead_days.",
        };
        var command = new Command("import", "State what is in stock from a file.") { file };
        command.SetAction((parsed, cancellation) => SentFile.SendAsync(
            parsed, file, (http, content) => http.PutAsync("api/v1/stock", content, cancellation), "statements", "line", cancellation));
        return command;
    }

    private static Command Remove()
    {
        var product = new Argument<string>("PRODUCT") { Description = "The shop's id." };
        var command = new Command("remove", "Forget what was said of a product.") { product };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            var query = new QueryString().Add("product", parsed.GetValue(product)!);
            using var reply = await service.Http.DeleteAsync("api/v1/stock" + query.ToUriComponent(), cancellation);
            await Service.ReadAsync(reply, cancellation);
            Console.WriteLine(Terminal.Plain($"Nothing is said of product {parsed.GetValue(product)} any more."));
            return 0;
        });
        return command;
    }

    private static void Print(JsonElement page)
    {
        var right = (string name) => new TableColumn(name) { Alignment = Justify.Right };
        var table = new Table().Border(TableBorder.Simple).AddColumns("Product", "Category").AddColumn(right("Units"))
            .AddColumn(right($"Price ({page.GetProperty("currency").GetString()})")).AddColumn("Promoted").AddColumn(right("Lead days"));
        foreach (var product in page.GetProperty("products").EnumerateArray())
        {
            table.AddRow(
                Cell("product"), Cell("category"), Cell("units"), Cell("price"),
                new Text(product.GetProperty("promoted").GetBoolean() ? "yes" : ""), Cell("leadDays"));

            Text Cell(string name) =>
                new(product.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? Terminal.Plain(value.ToString()) : "");
        }

        Terminal.List(table, "Nothing is said of what is in stock. clv stock set PRODUCT --units N says it, clv stock import FILE of many.");
        if (page.TryGetProperty("next", out var next) && next.GetString() is not null)
        {
            Console.WriteLine("There are more: raise --limit.");
        }
    }
}
