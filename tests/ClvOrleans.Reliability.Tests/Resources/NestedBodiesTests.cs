namespace ClvOrleans.Reliability.Tests.Resources;

/// <summary>Bodies that cost their sender nothing cost the service little, and those without a good key almost nothing.</summary>
public sealed class NestedBodiesTests
{
    private const long MostMemory = 500;

    [Theory]
    [InlineData(Service.WriteKey, 400)]
    [InlineData("wrong", 401)]
    [InlineData(null, 400, 401)]
    public async Task Nested_bodies_are_refused_in_bounded_memory(string? writeKey, params int[] refusals)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        await using var service = await Service.ServeAsync(Service.NewFolder());
        var answers = await NestedBodies.SendAsync(service.Address, Sizes.Of(100, 300), 100, writeKey);
        Assert.NotEmpty(answers);
        Assert.All(answers, a => Assert.True(refusals.Contains(a.Status) || a.AsksToSendAgain, a.ToString()));
        Assert.InRange(service.PeakMemory, 0, MostMemory);
        await service.Client.AcknowledgedAsync(Track.Order("anna", "1", 1));
    }
}
