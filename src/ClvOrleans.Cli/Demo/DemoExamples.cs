using System.Globalization;
using System.Net;
using System.Text.Json;
using ClvOrleans.Server.Access;

namespace ClvOrleans.Cli.Demo;

/// <summary>Requests to paste, about a customer whose answers are worth a look.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Lines">The lines to print.</param>
internal sealed record DemoExamples(string Customer, IReadOnlyList<string> Lines)
{
    /// <summary>Chooses a customer, or takes the one of an earlier run again.</summary>
    public static async Task<DemoExamples> WriteAsync(
        HttpClient http, string folder, string writeKey, string? known, DemoActs acts, CancellationToken cancellation)
    {
        var address = http.BaseAddress!.ToString().TrimEnd('/');
        var (customer, what, orders) = await FindAsync(http, known, cancellation);
        var file = OwnerKeyFile.PathIn(folder);
        var ask = $"curl -H {(file.Contains(' ', StringComparison.Ordinal) ? $"'@{file}'" : $"@{file}")}";
        var order = string.Create(CultureInfo.InvariantCulture, $"mine-{orders + 1}");
        return new DemoExamples(customer,
        [
            $"  # {what}: what are they worth?",
            $"  {ask} {address}/api/v1/customers/{customer}/clv",
            "",
            "  # where the value of all customers lies",
            $"  {ask} {address}/api/v1/segments",
            "",
            "  # who comes back, what the store is expected to sell, and where to spend: the same tables as CSV and Parquet",
            $"  {ask} '{address}/api/v1/reports/cohorts?by=channel&format=csv'",
            $"  {ask} '{address}/api/v1/demand?by=category&weeks=4&format=csv'",
            $"  {ask} '{address}/api/v1/reports/budget?amount=1000&format=csv'",
            "",
            "  # what to order, by stock and lead time; what a customer of each channel cost and is worth; who moved between own segments",
            $"  {ask} '{address}/api/v1/demand/reorder?format=csv'",
            $"  {ask} '{address}/api/v1/reports/acquisition?format=csv'",
            $"  {ask} '{address}/api/v1/reports/movement?by=segment&format=csv'",
            "",
            "  # they order again: send it, then ask the first question once more",
            $"  curl -u {writeKey}: {address}/v1/track -d '{{\"userId\":\"{customer}\",\"event\":\"Order "
                + $"Completed\",\"properties\":{{\"order_id\":\"{order}\",\"revenue\":80}}}}'",
            $"  # {acts.Live} policies act and {acts.Shadow} look on: what they decided last, and why"
                + (acts.Experiments ? "; and the experiment so far" : ""),
            $"  {ask} {address}/api/v1/decisions",
            .. acts.Experiments ? [$"  {ask} {address}/api/v1/experiments/{DemoExperiment.Id}/reading"] : (string[])[],
            "",
            $"  # what to offer them, and what shortens their way: {address}/storefront#{customer} shows it as a shop would",
            $"  {ask} {address}/api/v1/customers/{customer}/recommendations",
            $"  {ask} {address}/api/v1/customers/{customer}/experience",
        ]);
    }

    // Whoever has spent most and is about to be lost moves most when they order; a small store may have nobody like that.
    private static async Task<(string Customer, string What, int Orders)> FindAsync(
        HttpClient http, string? known, CancellationToken cancellation)
    {
        if (known is not null)
        {
            using var reply = await http.GetAsync($"api/v1/customers/{known}/clv", cancellation);
            if (reply.StatusCode == HttpStatusCode.OK)
            {
                var value = await reply.Content.ReadFromJsonAsync<JsonElement>(cancellation);
                var orders = value.GetProperty("historic").GetProperty("orders").GetInt32();
                return (known, WhatOf(value.GetProperty("lifecycle").GetString()), orders);
            }
        }

        foreach (var query in (string[])[
            "?segment=at-risk&sort=historic&limit=1", "?segment=cooling&sort=historic&limit=1", "?sort=historic&limit=1"
        ])
        {
            var page = await http.GetFromJsonAsync<JsonElement>("api/v1/customers" + query, cancellation);
            foreach (var customer in page.GetProperty("customers").EnumerateArray())
            {
                return (
                    customer.GetProperty("customer").GetString()!, WhatOf(customer.GetProperty("lifecycle").GetString()),
                    customer.GetProperty("orders").GetInt32());
            }
        }

        throw new Cli.Commands.CommandException("The store has no customers.");
    }

    private static string WhatOf(string? lifecycle) => lifecycle switch
    {
        "at-risk" or "lost" => "a good customer who has gone quiet",
        "cooling" => "a good customer who has been silent for a while",
        _ => "a good customer",
    };
}
