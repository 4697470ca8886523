using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary><c>clv import</c> and <c>POST /api/v1/imports</c>, by the real executable.</summary>
public sealed class ImportTests
{
    private const string Header = "customer_id,order_id,timestamp,total\n";

    [Fact]
    public async Task A_running_service_is_given_the_file_and_every_line_is_accounted_for()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var (file, rejects) = (Path.Combine(folder, "orders.csv"), Path.Combine(folder, "rejects.csv"));
        await File.WriteAllTextAsync(
            file,
            Header + "anna,1,2025-01-02,10.50\nben,2,2025-01-02,-1\n\nguest,3,2025-01-02,5\nben,1,2025-01-03,7\nben,4,2025-01-03,7\ncut,5");

        var first = Result(await ClvInProcess.RunAsync("import", file, "--data", folder, "--rejects", rejects, "--json"));
        var again = Result(await ClvInProcess.RunAsync("--json", "--data", folder, "import", file));

        Assert.Equal((8, 2, 0), Counts(first));
        Assert.Equal((8, 0, 2), Counts(again));
        Assert.Equal(
            """{"invalid_money":1,"order_of_another_customer":1,"placeholder_user_id":1,"wrong_column_count":1}""",
            first.GetProperty("refused").GetRawText());
        Assert.Equal("""{"recorded":2,"known":0,"refused":4,"passed":2}""", first.GetProperty("lineCounts").GetRawText());
        Assert.Equal("""{"recorded":0,"known":2,"refused":4,"passed":2}""", again.GetProperty("lineCounts").GetRawText());
        Assert.Equal(
            ["line,code", "3,invalid_money", "5,placeholder_user_id", "6,order_of_another_customer", "8,wrong_column_count"],
            (await File.ReadAllLinesAsync(rejects)).Select(l => string.Join(',', l.Split(',')[..2])).Order(StringComparer.Ordinal)
                .OrderBy(l => l[0] != 'l'));
        Assert.Equal(10.50m, (await clv.ClvAsync("anna")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(7m, (await clv.ClvAsync("ben")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task The_address_takes_files_beyond_the_limit_of_tracking_and_answers_a_JSON_object_a_line()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var note = new string('x', 1_000);
        var text = "{\"type\":\n" + string.Concat(Enumerable.Range(0, 6_000).Select(i =>
            $$"""{"type":"track","event":"Play","userId":"u{{i % 5}}","timestamp":"2025-01-02T00:00:00Z","properties":{"n":{{i}},"note":"{{note}}"} }""" + "\n"));
        Assert.True(text.Length > 6_000_000);

        var plain = await PostAsync(clv.Http, "", Encoding.UTF8.GetBytes(text));
        var zipped = await PostAsync(clv.Http, "?format=events", Zip(text));

        Assert.Equal((6_001, 6_000, 0), Counts(plain));
        Assert.Equal((6_001, 0, 6_000), Counts(zipped));
        Assert.Equal(1, plain.GetProperty("firstRefusals")[0].GetProperty("line").GetInt32());
        foreach (var (query, body, code) in ((string, string, string)[])[
            ("?format=xlsx", "a", "invalid_request"), ("?map=total", Header, "invalid_request"), ("", "a,b\n", "invalid_request"),
            ("?currency=XXZ", Header, "invalid_request"), ("?format=orders", "a,b\n", "unreadable_file"), ("", "", "unreadable_file")])
        {
            using var reply = await clv.Http.PostAsync($"api/v1/imports{query}", new StringContent(body));
            using var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
            Assert.Equal((HttpStatusCode.BadRequest, code), (reply.StatusCode, problem.RootElement.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task An_import_that_was_killed_is_continued_by_running_it_again()
    {
        var (whole, parts) = (ClvProcess.NewFolder(), ClvProcess.NewFolder());
        var file = Path.Combine(whole, "orders.csv");
        await File.WriteAllTextAsync(file, Header + string.Concat(Enumerable.Range(0, 6_000).Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"c{i % 1_500},{i},2025-{1 + (i % 12):00}-{1 + (i % 28):00},{1 + (i * 7919 % 10_000)}.{i % 100:00}\n"))));

        using (var cut = ClvProcess.Start("import", file, "--data", parts))
        {
            using var http = await UntilItAnswersAsync(parts);
            await UntilSomeLinesAsync(http);
            cut.Kill(); // SIGKILL
            await cut.WaitForExitAsync();
        }

        var rest = Result(await ClvInProcess.RunAsync("import", file, "--data", parts, "--json"));
        Assert.InRange(rest.GetProperty("duplicates").GetInt32(), 1, 5_999);
        Assert.Equal(6_000, rest.GetProperty("duplicates").GetInt32() + rest.GetProperty("events").GetInt32());

        Assert.Equal((6_001, 6_000, 0), Counts(Result(await ClvInProcess.RunAsync("import", file, "--data", whole, "--json"))));
        Assert.Equal(await SegmentsAsync(whole), await SegmentsAsync(parts));
    }

    [Fact]
    public async Task A_client_that_goes_away_before_the_whole_file_has_come_leaves_nothing_and_may_come_again()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var lines = Plays(5_000);
        var pipe = new Pipe();
        using var gone = new CancellationTokenSource();
        var sending = clv.Http.PostAsync("api/v1/imports?format=events&name=half", new StreamContent(pipe.Reader.AsStream()), gone.Token);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines[..3_000])));
        await UntilListedAsync(clv.Http, names => names.Contains("half"));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await UntilListedAsync(clv.Http, names => names.Count == 0);

        Assert.Equal((5_000, 5_000, 0), Counts(await PostAsync(clv.Http, "", Encoding.UTF8.GetBytes(string.Concat(lines)))));
    }

    [Fact]
    public async Task An_import_is_a_job_that_goes_on_without_its_caller_and_those_after_it_wait()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var (first, second) = (string.Concat(Plays(20_000)), string.Concat(Plays(20_001)));
        var answers = new[] { await BeginAsync(clv.Http, first, "?name=first"), await BeginAsync(clv.Http, second, "?name=second") };
        Assert.Equal(["import-1", "import-2"], answers.Select(a => a.GetProperty("id").GetString()));
        Assert.Equal("Waiting", answers[1].GetProperty("state").GetString());
        await UntilListedAsync(clv.Http, names => names.Count == 0);

        foreach (var (job, subject, events, known) in ((string, string, int, int)[])[
            ("import-1", "first", 20_000, 0), ("import-2", "second", 1, 20_000)])
        {
            using var ended = JsonDocument.Parse(await clv.Http.GetStringAsync($"api/v1/jobs/{job}"));
            var (state, name) = (ended.RootElement.GetProperty("state").GetString(), ended.RootElement.GetProperty("subject").GetString());
            Assert.Equal(("Succeeded", subject), (state, name));
            Assert.Equal((events + known, events, known), Counts(ended.RootElement.GetProperty("result")));
            Assert.Equal(events + known, ended.RootElement.GetProperty("lines").GetInt32());
        }
    }

    [Fact]
    public async Task Refused_lines_are_answered_to_whoever_waits_for_them()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var text = Header + "anna,1,2025-01-02,-1\nben,2,2025-01-02,5\nguest,3,2025-01-02,5\n";
        using var reply = await clv.Http.PostAsync("api/v1/imports?refusals=true", new StringContent(text));
        var lines = (await reply.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement);
        var refusals = lines.Where(l => l.TryGetProperty("refused", out _)).Select(l => l.GetProperty("refused"));
        Assert.Equal([2, 4], refusals.Select(r => r.GetProperty("line").GetInt32()));
        Assert.Equal("/api/v1/jobs/import-1", reply.Headers.Location?.ToString());

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/imports?refusals=true") { Content = new StringContent(text) };
        request.Headers.Add("Prefer", "respond-async");
        using var refused = await clv.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("leave out Prefer: respond-async", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_told_from_what_was_asked_wrongly()
    {
        var folder = ClvProcess.NewFolder();
        var unknown = Path.Combine(folder, "unknown.csv");
        await File.WriteAllTextAsync(unknown, "who,what\na,b\n");
        foreach (var (status, named, arguments) in ((int, string, string[])[])[
            (1, "nowhere.csv", ["nowhere.csv"]), (1, "folder", [folder]), (1, "customer_id", [unknown, "--format", "orders"]),
            (2, "--format", [unknown]), (2, "xlsx", [unknown, "--format", "xlsx"]), (2, "--map", [unknown, "--map", "total"]),
            (2, "--currency", [unknown, "--currency", "XXZ"]), (2, "import", [])])
        {
            var run = await ClvInProcess.RunAsync(["import", .. arguments, "--data", Path.Combine(folder, "data"), "--json"]);
            Assert.Equal((status, ""), (run.ExitCode, run.Output));
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dry_run_shows_what_is_understood_and_makes_nothing_not_even_the_folder()
    {
        var folder = ClvProcess.NewFolder();
        var (file, store) = (Path.Combine(folder, "orders.csv"), Path.Combine(folder, "store"));
        await File.WriteAllTextAsync(file, "Client;order_id;timestamp;total;status;refund_amount;note\na;1;31/01/2024;1.250;completed;250\n"
            .Replace("250\n", "250;x\n", StringComparison.Ordinal)
            + "b;2;02/02/2024;12,50;cancelled;0;x\nguest;3;02/02/2024;1,00;paid;0;x\n");

        var look = Result(await ClvInProcess.RunAsync("import", file, "--map", "customer_id=Client", "--dry-run", "--data", store, "--json"));
        Assert.False(Directory.Exists(store));
        Assert.Equal((4, 2, 0), Counts(look));
        Assert.True(look.GetProperty("dryRun").GetBoolean());
        var understood = look.GetProperty("understood");
        Assert.Equal(
            ("us-ascii", "semicolon", "comma", "dmy", "2024-01-31", "2024-02-02", "Client", """["note"]"""),
            (Text("encoding"), Text("delimiter"), Text("decimalSign"), Text("dates"), Text("firstDay"), Text("lastDay"),
                understood.GetProperty("columns").GetProperty("customer_id").GetString(), understood.GetProperty("notRead").GetRawText()));
        Assert.Equal("""{"USD":{"orders":1,"value":1250,"refunded":250}}""", understood.GetProperty("totals").GetRawText());
        Assert.Equal("""{"placeholder_user_id":1}""", look.GetProperty("refused").GetRawText());

        await using var clv = await ClvInProcess.ServeAsync(store);
        var posted = await PostAsync(clv.Http, "?map=customer_id%3DClient&dryRun=true", await File.ReadAllBytesAsync(file));
        Assert.Equal(understood.GetRawText(), posted.GetProperty("understood").GetRawText());
        Assert.Equal(
            (4, 2, 0), Counts(Result(await ClvInProcess.RunAsync("import", file, "--map", "customer_id=Client", "--data", store, "--json"))));
        Assert.Equal(1_000m, (await clv.ClvAsync("a")).GetProperty("historic").GetProperty("net").GetDecimal());

        string? Text(string name) => understood.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_later_export_updates_its_orders_and_the_same_again_changes_nothing()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        const string Head = "customer_id,order_id,timestamp,total,status,refund_amount\n";
        var (may, june) = (Encoding.UTF8.GetBytes(Head + "a,1,2024-01-02,100,completed,10\na,2,2024-01-03,50,pending,0\n"),
            Encoding.UTF8.GetBytes(Head + "a,1,2024-01-02,100,completed,60\na,2,2024-01-03,50,completed,0\n"));

        Assert.Equal((3, 2, 0), Counts(await PostAsync(clv.Http, "", may)));
        Assert.Equal(90m, (await clv.ClvAsync("a")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal((3, 2, 0), Counts(await PostAsync(clv.Http, "", june)));
        Assert.Equal(90m, (await clv.ClvAsync("a")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(2, (await clv.ClvAsync("a")).GetProperty("historic").GetProperty("orders").GetInt32());
        Assert.Equal((3, 0, 2), Counts(await PostAsync(clv.Http, "", may)));
        Assert.Equal((3, 0, 2), Counts(await PostAsync(clv.Http, "", june)));
        Assert.Equal(90m, (await clv.ClvAsync("a")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    private static string[] Plays(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
            $$"""{"type":"track","event":"Play","userId":"u{{i % 5}}","timestamp":"2025-01-02T00:00:00Z","context":{"n":{{i}}} }""" + "\n"),
    ];

    private static async Task<JsonElement> BeginAsync(HttpClient http, string text, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/imports{query}") { Content = new StringContent(text) };
        request.Headers.Add("Prefer", "respond-async");
        using var reply = await http.SendAsync(request);
        var job = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
        var address = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        Assert.Equal((HttpStatusCode.Accepted, address), (reply.StatusCode, reply.Headers.Location?.ToString()));
        return job;
    }

    private static async Task UntilListedAsync(HttpClient http, Func<IReadOnlyCollection<string>, bool> isReached)
    {
        while (true)
        {
            using var imports = JsonDocument.Parse(await http.GetStringAsync("api/v1/imports"));
            if (isReached([.. imports.RootElement.EnumerateObject().Select(i => i.Name)]))
            {
                return;
            }

            await Pause.ShortAsync();
        }
    }

    // How many lines the import is at, as soon as there are some.
    private static async Task<long> UntilSomeLinesAsync(HttpClient http)
    {
        while (true)
        {
            using var imports = JsonDocument.Parse(await http.GetStringAsync("api/v1/imports"));
            if (imports.RootElement.EnumerateObject().Sum(i => i.Value.GetProperty("lines").GetInt64()) is > 0 and var lines)
            {
                return lines;
            }

            await Pause.ShortAsync();
        }
    }

    private static async Task<HttpClient> UntilItAnswersAsync(string folder)
    {
        while (true)
        {
            try
            {
                return OwnerKey.Client(new Uri(await File.ReadAllTextAsync(Path.Combine(folder, "address"))), folder);
            }
            catch (Exception e) when (e is IOException or UriFormatException)
            {
                await Pause.ShortAsync(); // The address is not written yet.
            }
        }
    }

    private static async Task<string> SegmentsAsync(string folder) =>
        Result(await ClvInProcess.RunAsync("segments", "--data", folder, "--json")).GetProperty("segments").GetRawText();

    private static async Task<JsonElement> PostAsync(HttpClient http, string query, byte[] body)
    {
        using var reply = await http.PostAsync($"api/v1/imports{query}", new ByteArrayContent(body));
        var last = (await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).TrimEnd().Split('\n')[^1];
        return JsonDocument.Parse(last).RootElement.GetProperty("result");
    }

    private static (int Lines, int Events, int Duplicates) Counts(JsonElement result) =>
        (result.GetProperty("lines").GetInt32(), result.GetProperty("events").GetInt32(), result.GetProperty("duplicates").GetInt32());

    private static JsonElement Result((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}
