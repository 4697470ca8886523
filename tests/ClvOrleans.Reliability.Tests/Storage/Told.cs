namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>How a service has to tell of trouble with its files.</summary>
internal static class Told
{
    /// <summary>
    /// Not ready, or ended with a status that supervisors see; in a sentence that names the file, with nothing of the framework.
    /// </summary>
    public static async Task AtStartAsync(Service service, string file)
    {
        var verdict = await service.SettleAsync();
        Assert.False(verdict.IsReady, "The service is ready.");
        Assert.True(!verdict.HasEnded || service.Status != 0, "The service ended with status 0.");
        IsSentence(verdict.Text, file);
    }

    /// <summary>
    /// A running service acknowledges nothing, asks to send again, and is not ready. Strangers who send are not told where its files are.
    /// </summary>
    public static async Task WhileRunningAsync(Service service, string file)
    {
        var answer = await service.Client.SendAsync(Track.Order("late", $"late-{Guid.NewGuid()}", 1));
        Assert.True(answer.AsksToSendAgain, answer.ToString());
        IsSentence(answer.Text, "");
        var ready = await service.ReadinessAsync();
        Assert.Equal(503, ready?.Status);
        IsSentence(ready!.Text, file);
    }

    private static void IsSentence(string text, string file)
    {
        Assert.True(text.Contains(file, StringComparison.Ordinal), $"{file} is not named: {text}");
        Assert.False(text.Contains("   at ", StringComparison.Ordinal), $"A stack is no sentence: {text}");
        Assert.False(text.Contains("Exception", StringComparison.Ordinal), $"Words of the framework: {text}");
    }
}
