using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Conformance.Faulty;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary>All ports: what is written for one store is not in any answer to another. New methods are asked, too.</summary>
public class IsolationTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    // Customers of what the caller writes.
    private static readonly string[] Words = ["anna", "cleo", "dora"];

    [Fact]
    public async Task Whatever_was_written_for_one_store_no_answer_to_another_has_any_of_it()
    {
        await new Caller(Store).RunAsync();
        await Store.Journal.AppendAsync(Sample.Commit(Domain.Customers.CustomerId.OfUser(Other, "gert"), 0, "m1"));
        var theirs = await FoundAsync(Shop, "anna");
        Assert.Contains("ICustomerRows.FindAsync", theirs);
        Assert.InRange(theirs.Count, 3, 200);

        Assert.Empty(await FoundAsync(Other, "gert"));
    }

    // The methods whose answers name a customer of the store that the caller wrote for.
    private async Task<List<string>> FoundAsync(StoreId store, string customer)
    {
        var found = new List<string>();
        foreach (var (port, method) in PortCalls.ReadsOfStores)
        {
            var answer = await PortCalls.AnswerAsync(Open.Services, method, store, customer);
            if (Words.Any(w => answer.Contains(w, StringComparison.Ordinal)))
            {
                found.Add($"{port.Name}.{method.Name}");
            }
        }

        return found;
    }
}
