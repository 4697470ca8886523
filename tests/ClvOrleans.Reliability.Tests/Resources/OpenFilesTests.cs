namespace ClvOrleans.Reliability.Tests.Resources;

/// <summary>Connections that do nothing take files, of which a process has only so many.</summary>
public sealed class OpenFilesTests
{
    [Fact]
    public async Task With_1024_files_a_service_outlives_1200_idle_connections_and_serves_when_they_are_gone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs prlimit.");
        await using var service = await Service.ServeAsync(
            Service.NewFolder(), new ServiceOptions { Through = ["prlimit", "--nofile=1024:1024"] });
        await service.Client.AcknowledgedAsync(Track.Order("anna", "before", 1));
        using (var idle = await SlowConnections.OpenAsync(service.Address, 1_200, "GET / HTTP/1.1\r\n"))
        {
            await Task.Delay(TimeSpan.FromSeconds(6));
            Assert.False(service.HasEnded, service.Log);
        }

        using var client = new Client(service.Address, TimeSpan.FromSeconds(30), service.Folder);
        await EventuallyAsync(() => client.SendAsync(Track.Order("anna", "after", 1)));
        await EventuallyAsync(() => client.GetAsync("api/v1/customers/anna/clv"));
        Assert.Equal(2, (await client.HistoricAsync("anna")).Orders);
        Assert.DoesNotContain("Out of memory", service.Log, StringComparison.Ordinal);
    }

    // The kernel and the service take a moment to close them; until then the client is asked to send again, or not answered.
    private static async Task EventuallyAsync(Func<Task<Answer>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var answer = await ask();
                if (answer.Status == 200)
                {
                    return;
                }

                Assert.True(answer.AsksToSendAgain && tries < 100, answer.ToString());
            }
            catch (Exception e) when (Client.IsLost(e) && tries < 100)
            {
                // Not accepted yet.
            }

            await Task.Delay(100);
        }
    }
}
