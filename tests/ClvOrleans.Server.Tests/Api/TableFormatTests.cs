using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ClvOrleans.Reports.Tables;
using MiniExcelLibs;
using Parquet;
using Parquet.Schema;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>
/// Every table of reports and demand is the same in JSON, CSV and Parquet: as many rows, of the same cells; and what is posted as a table
/// may come as any of them.
/// </summary>
public sealed class TableFormatTests(TableFormatTests.Shop shop) : IClassFixture<TableFormatTests.Shop>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reports/cohorts?by=month")]
    [InlineData("reports/cohorts?by=channel")]
    [InlineData("reports/cohorts?by=campaign")]
    [InlineData("reports/cohorts?by=product")]
    [InlineData("reports/cohorts?by=discount")]
    [InlineData("reports/cohorts?by=segment")]
    [InlineData("reports/cohorts?by=lifecycle")]
    [InlineData("reports/acquisition?by=channel")]
    [InlineData("reports/acquisition?by=campaign")]
    [InlineData("reports/risk?by=segment")]
    [InlineData("reports/movement?by=lifecycle")]
    [InlineData("reports/movement?by=tier")]
    [InlineData("reports/movement?by=segment")]
    [InlineData("reports/policies?")]
    [InlineData("reports/budget?amount=100")]
    [InlineData("demand?by=product&weeks=13")]
    [InlineData("demand?by=category&weeks=3")]
    [InlineData("demand/reorder?")]
    public async Task A_table_is_the_same_in_all_formats(string address)
    {
        var json = await shop.Clv.GetAsync($"api/v1/{address}");
        var columns = json.GetProperty("columns").EnumerateArray()
            .Select(c => (Name: c.GetProperty("name").GetString()!, Kind: c.GetProperty("kind").GetString()!)).ToArray();
        string?[][] rows =
        [
            .. json.GetProperty("rows").EnumerateArray().Select(r => columns.Select(c => TextOf(r.GetProperty(c.Name))).ToArray()),
        ];
        Assert.NotEmpty(rows);

        var csv = Lines(await shop.Clv.Clv.Http.GetStringAsync($"api/v1/{address}&format=csv", Cancelled));
        Assert.Equal(columns.Select(c => c.Name), csv[0]);
        Assert.Equal(rows.Select(r => r.Select(c => c ?? "").ToArray()), csv[1..]);

        using var parquet = new MemoryStream(await shop.Clv.Clv.Http.GetByteArrayAsync($"api/v1/{address}&format=parquet", Cancelled));
        await using var reader = await ParquetReader.CreateAsync(parquet, cancellationToken: Cancelled);
        using var group = reader.OpenRowGroupReader(0);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(columns.Select(c => c.Name), fields.Select(f => f.Name));
        for (var i = 0; i < columns.Length; i++)
        {
            var (kind, cells) = (columns[i].Kind, rows.Select(r => r[i]));
            Assert.Equal(
                kind == "Amount" ? cells.Select(c => c is null ? null : Plain(decimal.Parse(c, CultureInfo.InvariantCulture))) : cells,
                await CellsAsync(group, fields[i], kind, rows.Length));
        }
    }

    [Fact]
    public async Task Costs_are_taken_from_a_workbook_and_from_parquet_with_days_as_these_have_them()
    {
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(
            new[] { new { channel = "sheet / cpc", from = new DateTime(2026, 3, 1), to = new DateTime(2026, 3, 31), amount = 1_200.5m } },
            cancellationToken: Cancelled);
        using var parquet = new MemoryStream();
        await ParquetFormat.WriteAsync(
            parquet,
            new ReportTable
            {
                Report = "costs",
                AsOf = default,
                Currency = "EUR",
                Columns =
                [
                    new("channel", ColumnKind.Text, ""), new("from", ColumnKind.Day, ""), new("to", ColumnKind.Day, ""),
                    new("amount", ColumnKind.Amount, ""),
                ],
                Rows = [["parquet / cpc", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), 1_200.5m]],
            },
            Cancelled);
        foreach (var (file, channel) in new[] { (workbook, "sheet / cpc"), (parquet, "parquet / cpc") })
        {
            using var content = new ByteArrayContent(file.ToArray());
            using var reply = await shop.Clv.Clv.Http.PostAsync("api/v1/acquisition/costs", content, Cancelled);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Cancelled));
            var cost = Assert.Single(
                (await shop.Clv.GetAsync("api/v1/acquisition/costs")).EnumerateArray(), c => TextOf(c.GetProperty("channel")) == channel);
            Assert.Equal(
                ("2026-03-01", "2026-03-31", 1_200.5m),
                (TextOf(cost.GetProperty("from")), TextOf(cost.GetProperty("to")), cost.GetProperty("amount").GetDecimal()));
        }
    }

    private static async Task<IEnumerable<string?>> CellsAsync(ParquetRowGroupReader group, DataField field, string kind, int count)
    {
        switch (kind)
        {
            case "Text":
                var text = new string?[count];
                await group.ReadAsync(field, text.AsMemory(), null, Cancelled);
                return text;
            case "Day":
                return (await ReadAsync<DateTime>()).Select(d => d?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            case "Count":
                return (await ReadAsync<long>()).Select(c => c?.ToString(CultureInfo.InvariantCulture));
            case "Amount":
                return (await ReadAsync<decimal>()).Select(a => a is { } amount ? Plain(amount) : null);
            case "Flag":
                return (await ReadAsync<bool>()).Select(f => f is { } flag ? flag ? "true" : "false" : null);
            default:
                return (await ReadAsync<double>()).Select(n => n?.ToString("R", CultureInfo.InvariantCulture));
        }

        async Task<T?[]> ReadAsync<T>()
            where T : struct
        {
            var values = new T?[count];
            await group.ReadAsync(field, values.AsMemory(), null, Cancelled);
            return values;
        }
    }

    // Parquet has six decimals of each amount.
    private static string Plain(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };

    // RFC 4180, by a reading of its own.
    private static List<string[]> Lines(string csv)
    {
        var (lines, line, cell, isQuoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"' && isQuoted && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell.Append(csv[++i]);
            }
            else if (csv[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && csv[i] is ',' or '\r')
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (csv[i] == '\r')
                {
                    i++;
                    lines.Add([.. line]);
                    line.Clear();
                }
            }
            else
            {
                cell.Append(csv[i]);
            }
        }

        return lines;
    }

    /// <summary>A store with something in every table.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public ClvFixture Clv { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Clv.InitializeAsync();
            for (var i = 0; i < 60; i++)
            {
                await Clv.Clv.SendAsync(Order(i, 0), Order(i, 1), Order(i, 2));
            }

            await PutAsync("stock", """[{"product":"lamp","units":3,"leadDays":4},{"product":"rug, \"red\"","units":-1}]""");
            await PutAsync("own-segments/often", """{"rule":"orders >= 3"}""");
            await PutAsync("own-segments/rich", """{"rule":"historicValue > 90"}""");
            await PutAsync(
                "policies/hello", """
                    { "id": "hello", "when": { "event": "OrderCompleted" }, "budget": { "amount": 1 },
                      "do": { "channel": "slot", "topic": "home", "cost": 0, "effect": { "amount": 1 } } }
                    """);
            using var costs = new StringContent(
                "channel,campaign,from,to,amount\ngoogle / cpc,spring,2020-01-01,2120-12-31,36890\n", Encoding.UTF8);
            using var reply = await Clv.Clv.Http.PostAsync("api/v1/acquisition/costs", costs);
            reply.EnsureSuccessStatusCode();
        }

        public ValueTask DisposeAsync() => Clv.DisposeAsync();

        private async Task PutAsync(string path, string body)
        {
            var (status, problem) = await Clv.SendAsync(HttpMethod.Put, $"api/v1/{path}", body);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, problem.ToString());
        }

        private static object Order(int customer, int number) => new
        {
            type = "track",
            @event = "Order Completed",
            messageId = $"m{customer}-{number}",
            userId = $"c{customer}",
            timestamp = TimeProvider.System.GetUtcNow().AddDays(-(30 * number) - (customer % 29) - 1),
            context = new { campaign = new { source = customer % 3 == 0 ? "google" : "news, letter", medium = "cpc", name = "spring" } },
            properties = new
            {
                order_id = $"o{customer}-{number}",
                total = 10.01m * (1 + (customer % 5)),
                coupon = customer % 4 == 0 ? "WELCOME" : null,
                products = new[]
                {
                    new
                    {
                        product_id = (customer + number) % 2 == 0 ? "lamp" : "rug, \"red\"",
                        category = "home \"sweet\"\nhome",
                        price = 10.01m,
                        quantity = 1 + (customer % 5),
                    },
                },
            },
        };
    }
}
