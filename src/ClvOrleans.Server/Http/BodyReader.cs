using System.Buffers.Binary;
using System.IO.Compression;
using ClvOrleans.Intake.Tracking;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Http;

/// <summary>
/// Reads a body of any content type, unpacked, up to a limit on its size, packed and unpacked, which holds while it is unpacked.
/// </summary>
internal sealed class BodyReader(BodyLimits limits, IOptions<IntakeOptions> options, TimeProvider time)
{
    public const int MostBytes = 4 * 1024 * 1024;

    // What is too large is read to its end up to here: a client that still sends does not see the answer of a closed connection.
    private const int DrainedBytes = 64 * 1024 * 1024;
    private const int MostCodings = 2;

    /// <summary>
    /// Lets the server read away what a client still sends of a body that nobody asks for, so that the client sees the answer.
    /// </summary>
    public static void Pass(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = DrainedBytes;
        }
    }

    /// <summary>
    /// Reads a body. Bytes that begin as gzip are unpacked whatever the headers say, and those that do not are left as they are: proxies
    /// drop, add and repeat Content-Encoding. One that is not small has its turn at the processor on return, until
    /// <see cref="Body.EndTurn"/>.
    /// </summary>
    /// <exception cref="UnreadableBodyException">The compression is broken or unknown.</exception>
    /// <exception cref="BadHttpRequestException">413: the body is too large; 408: it came too slowly.</exception>
    /// <exception cref="OverloadedException">Too many large bodies are under way.</exception>
    public async Task<Body> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var codings = Codings(request);
        if (request.ContentLength > MostBytes && request.Headers.Expect.Count > 0)
        {
            throw TooLarge();
        }

        Pass(request);
        limits.CheckRoom(Math.Min(request.ContentLength ?? 0, MostBytes));
        using var late = new CancellationTokenSource(options.Value.BodyTimeout, time);
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        var body = new Body(limits);
        try
        {
            await body.FillAsync(request.Body, unpacking: false, watch.Token);
            foreach (var coding in codings)
            {
                body = await UnpackAsync(body, coding, watch.Token);
            }

            await body.TakeTurnAsync(watch.Token);
            return body;
        }
        catch (Exception e)
        {
            body.Dispose();
            if (e is OperationCanceledException && late.IsCancellationRequested)
            {
                throw new BadHttpRequestException("The body did not come in time.", StatusCodes.Status408RequestTimeout);
            }

            if (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                await request.Body.CopyToAsync(Stream.Null, watch.Token);
            }

            throw;
        }
    }

    public static BadHttpRequestException TooLarge() =>
        new($"The body is larger than {MostBytes} bytes, packed or unpacked.", StatusCodes.Status413PayloadTooLarge);

    // The last coding was applied last. Undeclared gzip is looked for once.
    private static string[] Codings(HttpRequest request)
    {
        var codings = request.Headers.ContentEncoding.ToString().ToLowerInvariant()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(c => c != "identity").Reverse().ToArray();
        return codings.Length <= MostCodings
            ? codings.Length == 0 ? ["gzip"] : codings
            : throw new UnreadableBodyException("unknown_encoding", "Content-Encoding names too many codings.");
    }

    // The packed body is given up, also where it fails.
    private async Task<Body> UnpackAsync(Body body, string coding, CancellationToken cancellation)
    {
        using var packed = body.OpenRead();
        Stream? unpacking = coding switch
        {
            "gzip" or "x-gzip" => body.Bytes.Span is [0x1F, 0x8B, ..] ? new GZipStream(packed, CompressionMode.Decompress) : null,
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => throw new UnreadableBodyException("unknown_encoding", "Content-Encoding must be gzip, deflate or br."),
        };
        if (unpacking is null)
        {
            return body;
        }

        var unpacked = new Body(limits);
        try
        {
            await using (unpacking)
            {
                body.HandTurnTo(unpacked);
                await unpacked.FillAsync(unpacking, unpacking: true, cancellation);
            }

            if (coding.EndsWith("gzip", StringComparison.Ordinal) && !IsWhole(body.Bytes.Span, unpacked.Bytes.Length))
            {
                throw Broken(coding);
            }

            body.Dispose();
            return unpacked;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            unpacked.Dispose();
            throw Broken(coding);
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    private static UnreadableBodyException Broken(string coding) =>
        new("invalid_encoding", $"The {coding} body is damaged or truncated.");

    // The stream does not mind a missing end. The last four bytes say how long the last member is; cut off, they say something else.
    private static bool IsWhole(ReadOnlySpan<byte> gzip, int unpacked) =>
        gzip.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]) <= unpacked;
}
