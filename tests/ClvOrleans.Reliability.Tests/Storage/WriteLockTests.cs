namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>Someone else has the journal's write lock, as a backup or a curious operator may.</summary>
public sealed class WriteLockTests
{
    [Fact]
    public async Task While_another_process_has_the_write_lock_clients_are_asked_to_send_again_and_afterwards_nothing_is_lost()
    {
        var folder = Service.NewFolder();
        await using var service = await Service.ServeAsync(folder);
        await service.Client.AcknowledgedAsync(Track.Order("anna", "0", 1), Track.Order("ben", "ben", 1));
        var sent = new List<Task<Answer>>();
        await using (var other = Damage.Open(Path.Combine(folder, "clv.db")))
        {
            await using var held = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
            for (var i = 1; i <= 5; i++)
            {
                sent.Add(service.Client.SendAsync(Track.Order("anna", $"{i}", 1)));
                await Task.Delay(Sizes.Of(1_500, 8_000));
            }

            Assert.Equal(1, (await service.Client.HistoricAsync("ben")).Orders);
            Assert.DoesNotContain(sent, s => s.IsCompletedSuccessfully && !s.Result.AsksToSendAgain);
            await held.RollbackAsync();
        }

        var answers = await Task.WhenAll(sent);
        Assert.All(answers, a => Assert.True(a.Status == 200 || a.AsksToSendAgain, a.ToString()));
        await service.Client.AcknowledgedAsync(Enumerable.Range(0, 6).Select(i => Track.Order("anna", $"{i}", 1)));
        Assert.Equal(6, (await service.Client.HistoricAsync("anna")).Orders);
    }
}
