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
        var tried = 0;
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
                Assert.True(status == 400, $"{method} {path} takes {extra}: {status} {answer}");
                Assert.Contains(extra, answer, StringComparison.Ordinal);
                tried++;
            }
        }

        Assert.InRange(tried, 80, 200);
    }
}
