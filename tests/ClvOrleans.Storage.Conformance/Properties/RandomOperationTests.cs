using ClvOrleans.Storage.Conformance.InMemory;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Conformance.Properties;

/// <summary>After any operations an engine answers as the in-memory model does, and again after it was closed and opened.</summary>
public class RandomOperationTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private const int Operations = 150;

    [Theory]
    [MemberData(nameof(RandomOperations.Seeds), MemberType = typeof(RandomOperations))]
    public async Task An_engine_answers_as_the_model_does(int seed)
    {
        var quota = new DeadLetterOptions { MostLetters = 5 };
        await ReopenAsync(quota);
        await using var inMemory = await new InMemoryEngine().OpenAsync(Guid.NewGuid().ToString("N"), quota);
        var model = new Ports(inMemory.Services);
        var operations = new RandomOperations(new Random(seed), model);
        for (var i = 0; i < Operations; i++)
        {
            var operation = await operations.NextAsync();
            var (expected, actual) = (await operation.OutcomeAsync(model), await operation.OutcomeAsync(Store));
            Assert.True(expected == actual, $"Seed {seed}, operation {i}, {operation.Name}: expected {expected}, was {actual}.");
            if (i % 10 == 9)
            {
                Assert.Equal($"{operation.Name}\n{await TextAsync(model)}", $"{operation.Name}\n{await TextAsync(Store)}");
            }
        }

        await ReopenAsync(quota);
        Assert.Equal(await TextAsync(model), await TextAsync(Store));
    }

    private static Task<string> TextAsync(Ports ports) =>
        StoreText.OfAsync(ports, Shop, RandomOperations.Customers, RandomOperations.Orders, RandomOperations.Keys);
}
