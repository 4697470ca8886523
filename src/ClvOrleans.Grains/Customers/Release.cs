namespace ClvOrleans.Grains.Customers;

/// <summary>The time in which a customer is given away and nobody writes to them.</summary>
internal sealed class Release
{
    // Longer than an absorption takes: whoever was to absorb has vanished then, and would be fenced off.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends it; again changes nothing.</summary>
    public void End() => _end.TrySetResult();

    /// <summary>Waits for the end. False where it does not come.</summary>
    public async Task<bool> HasEndedAsync()
    {
        try
        {
            await _end.Task.WaitAsync(Longest);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
