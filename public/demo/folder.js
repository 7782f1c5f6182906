// A person's own folder in the bucket, by the AWS S3 client as it is.
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

/** Somebody else's. */
const OTHER = "us-east-1:00000000-0000-4000-8000-000000000000";

/** A picture for whoever has none at hand: the tide, drawn. */
async function sample() {
  const canvas = new OffscreenCanvas(480, 240);
  const paint = canvas.getContext("2d");
  paint.fillStyle = "#e6f0f1";
  paint.fillRect(0, 0, 480, 240);
  ["#9cc8cf", "#4a9fac", "#0c7c8c"].forEach((colour, index) => {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.moveTo(0, 240);
    for (let x = 0; x <= 480; x += 4) paint.lineTo(x, 110 + index * 34 + 14 * Math.sin(x / 46 + index * 1.7));
    paint.lineTo(480, 240);
    paint.fill();
  });
  return canvas.convertToBlob({ type: "image/png" });
}

/** The folder of the identity that `credentials` are for. */
export function open({ s3Endpoint, region, bucket: Bucket }, credentials) {
  const client = new S3Client({ endpoint: s3Endpoint, region, credentials, forcePathStyle: true });
  const put = async (Key, picture) => {
    const Body = new Uint8Array(await picture.arrayBuffer());
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "image/png" }));
    return Key;
  };
  return {
    upload: async (picture) => put(`${credentials.identityId}/photo.png`, picture ?? (await sample())),
    trespass: async () => put(`${OTHER}/photo.png`, await sample()),
    async list() {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${credentials.identityId}/` }));
      return (page.Contents ?? []).map(({ Key, Size }) => ({ name: Key, size: Size }));
    },
    async read(Key) {
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return new Blob([await Body.transformToByteArray()], { type: ContentType });
    },
  };
}
