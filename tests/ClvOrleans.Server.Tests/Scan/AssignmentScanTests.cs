using System.Text.Json.Nodes;
using ClvOrleans.Server.Tests.Stores;

namespace ClvOrleans.Server.Tests.Scan;

/// <summary>A body sets what its address is for, and nothing else of what is kept: not whose it is, nor who made it, nor when.</summary>
public sealed class AssignmentScanTests(TwoStores stores) : IClassFixture<TwoStores>
{
    private static readonly string[] Extra =
    [
        "store", "Store", "storeId", "owner", "scope", "isAdmin", "createdAt", "createdBy", "revision", "hash", "__proto__", "constructor",
    ];

    [Fact]
    public async Task No_address_takes_a_field_that_is_not_its_own()
    {
        var (tried, taken) = (0, new List<string>());
        foreach (var (method, path, body) in TwoStores.ToldBy("heron", "1").Where(t => t.Body.TrimStart().StartsWith('{')))
        {
            foreach (var extra in Extra)
            {
                var asked = JsonNode.Parse(body.Replace("WORD", "heron", StringComparison.Ordinal))!.AsObject();
                if (asked.ContainsKey(extra))
                {
                    continue;
                }

                asked[extra] = TwoStores.Theirs.Value;
                var (status, answer) = await stores.SendAsync(TwoStores.Ours, method, path, asked.ToJsonString());
                tried++;
                if (status != 400 || !answer.Contains(extra, StringComparison.Ordinal))
                {
                    taken.Add($"{method} {path} with {extra}: {status} {answer}");
                }
            }
        }

        Assert.Empty(taken);
        Assert.InRange(tried, 80, 200);
    }
}
