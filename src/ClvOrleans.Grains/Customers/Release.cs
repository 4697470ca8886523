namespace ClvOrleans.Grains.Customers;

/// <summary>The time in which a customer is given away and nobody writes to them.</summary>
internal sealed class Release
{
    // Longer than a merge takes: by then the other customer is gone, and its merge would be fenced off.
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
