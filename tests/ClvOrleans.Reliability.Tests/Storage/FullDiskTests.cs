namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>A disk that fills up, as a small one in memory that root may mount.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task On_a_full_disk_clients_keep_their_events_reads_go_on_and_with_room_again_nothing_is_lost()
    {
        await using var disk = await SmallDisk.MountAsync(12);
        var folder = Path.Combine(disk.Folder, "data");
        var acknowledged = new List<object>();
        await using (var service = await Service.ServeAsync(folder))
        {
            await FillAsync(service.Client, acknowledged);
            Assert.NotEmpty(acknowledged);
            disk.Fill();
            await FillWhatIsLeftAsync(service.Client, acknowledged);
            await Told.WhileRunningAsync(service, "clv.db");
            Assert.Equal(503, (await service.Client.GetAsync("health/ready")).Status);
            Assert.Equal(200, (await service.Client.GetAsync("api/v1/segments")).Status);
            Assert.Equal(200, (await service.Client.GetAsync("api/v1/customers/full0/clv")).Status);

            await disk.GrowAsync(64);
            disk.Empty();
            await service.ReadyAsync();
            await service.Client.AcknowledgedAsync(Track.Order("after", "after", 1));
            await IsThereAsync(service.Client, acknowledged);

            disk.Fill();
            await service.KillAsync();
        }

        await using (var full = Service.Start(folder))
        {
            if (!(await full.SettleAsync()).IsReady)
            {
                await Told.AtStartAsync(full, folder);
            }
        }

        disk.Empty();
        await using var again = await Service.ServeAsync(folder);
        await IsThereAsync(again.Client, acknowledged);
    }

    // What a transaction that failed has left of the -wal takes small ones still.
    private static async Task FillWhatIsLeftAsync(Client client, List<object> acknowledged)
    {
        for (var n = 0; ; n++)
        {
            var small = Track.Order($"full{n % 8}", $"small-{n}", 1);
            if ((await client.SendAsync([small])).Status != 200)
            {
                return;
            }

            acknowledged.Add(small);
        }
    }

    private static async Task FillAsync(Client client, List<object> acknowledged)
    {
        for (var n = 0; n < 500; n++)
        {
            object[] batch = [.. Enumerable.Range(0, 200).Select(i => Track.Order($"full{n % 8}", $"full-{n}-{i}", 1))];
            var answer = await client.SendAsync(batch);
            while (answer.Status != 200)
            {
                Assert.True(answer.AsksToSendAgain, answer.ToString());
                if ((await client.GetAsync("health/ready")).Status != 200)
                {
                    return;
                }

                answer = await client.SendAsync(batch);
            }

            acknowledged.AddRange(batch);
        }
    }

    private static async Task IsThereAsync(Client client, List<object> acknowledged)
    {
        foreach (var batch in acknowledged.Chunk(2_000))
        {
            var answer = await client.AcknowledgedAsync(batch);
            Assert.Equal((0, batch.Length), (answer.Accepted, answer.Duplicates));
        }
    }
}
