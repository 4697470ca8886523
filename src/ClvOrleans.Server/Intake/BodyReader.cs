using System.Buffers.Binary;
using System.IO.Compression;
using ClvOrleans.Model.Intake;
using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Intake;

/// <summary>Reads a body of any content type, unpacked, up to a limit on its size, packed and unpacked.</summary>
internal static class BodyReader
{
    public const int MostBytes = 4 * 1024 * 1024;

    // What is too large is read to its end up to here: a client that still sends does not see the answer of a closed connection.
    private const int DrainedBytes = 64 * 1024 * 1024;
    private const int MostCodings = 2;

    /// <summary>
    /// Reads a body. Bytes that begin as gzip are unpacked whatever the headers say, and those that do not are left as they are: proxies
    /// drop, add and repeat Content-Encoding.
    /// </summary>
    /// <exception cref="UnreadableBodyException">The compression is broken or unknown.</exception>
    /// <exception cref="BadHttpRequestException">413: the body is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MostBytes && request.Headers.Expect.Count > 0)
        {
            throw TooLarge();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = DrainedBytes;
        }

        ReadOnlyMemory<byte> body;
        try
        {
            body = await ReadAsync(request.Body, cancellation);
            foreach (var coding in Codings(request))
            {
                body = await UnpackAsync(body, coding, cancellation);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await request.Body.CopyToAsync(Stream.Null, cancellation);
            throw;
        }

        return body;
    }

    // The last coding was applied last. Undeclared gzip is looked for once.
    private static IEnumerable<string> Codings(HttpRequest request)
    {
        var codings = request.Headers.ContentEncoding.ToString().ToLowerInvariant()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(c => c != "identity").Reverse().ToArray();
        return codings.Length <= MostCodings
            ? codings.DefaultIfEmpty("gzip")
            : throw new UnreadableBodyException("unknown_encoding", "Content-Encoding names too many codings.");
    }

    private static async Task<ReadOnlyMemory<byte>> UnpackAsync(ReadOnlyMemory<byte> body, string coding, CancellationToken cancellation)
    {
        using var packed = new MemoryStream(body.ToArray(), writable: false);
        Stream? unpacked = coding switch
        {
            "gzip" or "x-gzip" => body.Span is [0x1F, 0x8B, ..] ? new GZipStream(packed, CompressionMode.Decompress) : null,
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => throw new UnreadableBodyException("unknown_encoding", "Content-Encoding must be gzip, deflate or br."),
        };
        if (unpacked is null)
        {
            return body;
        }

        await using (unpacked)
        {
            try
            {
                var whole = await ReadAsync(unpacked, cancellation);
                return coding.EndsWith("gzip", StringComparison.Ordinal) && !IsWhole(body.Span, whole.Length)
                    ? throw new InvalidDataException("its end is missing.")
                    : whole;
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                throw new UnreadableBodyException("invalid_encoding", $"The body is no whole {coding}: {e.Message}");
            }
        }
    }

    // The stream does not mind a missing end. The last four bytes say how long the last member is; cut off, they say something else.
    private static bool IsWhole(ReadOnlySpan<byte> gzip, int unpacked) =>
        gzip.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]) <= unpacked;

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (whole.Length + read > MostBytes)
            {
                throw TooLarge();
            }

            whole.Write(buffer, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body, unpacked, is larger than {MostBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}
