namespace ClvOrleans.Storage.Conformance.Properties;

/// <summary>One call of a port.</summary>
/// <param name="Name">What is done, for the message of a failure.</param>
/// <param name="Run">Does it; the result is compared as text.</param>
internal sealed record Operation(string Name, Func<Ports, Task<object?>> Run)
{
    /// <summary>The result, or the type of the exception.</summary>
    public async Task<string> OutcomeAsync(Ports ports)
    {
        try
        {
            return (await Run(ports))?.ToString() ?? "done";
        }
        catch (Exception e) when (e is not StorageUnavailableException)
        {
            return e.GetType().Name;
        }
    }

    public static Operation Of(string name, Func<Ports, Task> run) => new(name, async ports =>
    {
        await run(ports);
        return null;
    });

    public static Operation Of<T>(string name, Func<Ports, Task<T>> run) => new(name, async ports => await run(ports));
}
