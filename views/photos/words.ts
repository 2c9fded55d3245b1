import { defineWords } from '../../src/platform/i18n/locale.ts';

export const photosWords = defineWords({
  zhCN: {
    'photos.label': '照片',
    'photos.hint': '最多 {most} 张，可以当场拍。照片里的拍摄地点等信息会自动去掉；不要拍身份证和小孩的脸。',
    'photos.count': '{count} 张',
    'photos.kept': '已收到 {count} 张，不用再传。',
    'photos.alt': '照片 {n}：{what}',

    'photos.voice': '说一段话',
    'photos.voiceHint': '不方便写字就按一下，对着手机说，不超过一分半钟。只有村里办事的人能听。',
    'photos.voiceKept': '刚才的录音已经收到，不用再录。',
    'photos.voiceOf': '录音：{what}',
    'photos.voiceOpen': '听不了就点这里',
    'refusal.voice_not_a_sound': '这个文件不是能用的录音。请用手机自带的录音机，录成 m4a、mp3、ogg、webm 或 wav。',
    'refusal.voice_too_long': '录音太长，最多 {mostSeconds} 秒。请说短一点，再录一次。',
    'refusal.voice_too_large': '录音文件太大，最多 {mostMegabytes} 兆。请说短一点，再录一次。',
    'refusal.photo_too_large': '照片太大，一张不能超过 {mostMegabytes} 兆。请选小一点的，或在相机里把尺寸调小再拍。',
    'refusal.too_many_photos': '照片太多，一次最多 {most} 张。请少选几张再交。',
    'refusal.photo_not_an_image': '这个文件不是能用的照片。请用手机拍的 JPG、PNG 或 WebP 照片。',
    'refusal.photo_too_many_pixels': '照片尺寸太大，系统打不开。请在手机里缩小后再传。',
    'refusal.unknown_photo': '没有这张照片，或者已经过期。请重新选照片。',
  },
  en: {
    'photos.label': 'Photos',
    'photos.hint':
      'At most {most} {most|photo|photos}; you can take them now. The place where they were taken is removed automatically. Do not photograph identity cards or children’s faces.',
    'photos.count': '{count} {count|photo|photos}',
    'photos.kept': '{count} {count|photo|photos} received; no need to send again.',
    'photos.alt': 'Photo {n}: {what}',

    'photos.voice': 'Record a message',
    'photos.voiceHint':
      'If writing is difficult, press and speak into the phone, at most a minute and a half. Only village staff can listen to it.',
    'photos.voiceKept': 'Your recording has been received; no need to record it again.',
    'photos.voiceOf': 'Recording: {what}',
    'photos.voiceOpen': 'If it does not play, press here',
    'refusal.voice_not_a_sound':
      'This file is not a usable recording. Use your phone’s own recorder and save as m4a, mp3, ogg, webm or wav.',
    'refusal.voice_too_long':
      'The recording is too long: at most {mostSeconds} {mostSeconds|second|seconds}. Record a shorter one.',
    'refusal.voice_too_large': 'The recording is too large: at most {mostMegabytes} MB. Record a shorter one.',
    'refusal.photo_too_large':
      'The photo is too large: at most {mostMegabytes} MB. Choose a smaller one, or take it again at a smaller size.',
    'refusal.too_many_photos': 'Too many photos: at most {most} at a time. Choose fewer and send again.',
    'refusal.photo_not_an_image':
      'This file is not a usable photo. Choose a JPG, PNG or WebP photo taken with a phone.',
    'refusal.photo_too_many_pixels': 'The photo is too large to open. Make it smaller on your phone and send it again.',
    'refusal.unknown_photo': 'There is no such photo, or it has expired. Choose the photo again.',
  },
});
